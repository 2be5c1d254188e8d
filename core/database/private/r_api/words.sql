-- Words: what may be stored as text, and how a wrong argument is refused. Runs inside the verbs, as r_api.

-- Refuse an argument (RF400) and name the field, so that a form can point at it.
CREATE FUNCTION app.refuse_argument(field text, message text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '%', message USING ERRCODE = 'RF400', DETAIL = jsonb_build_object('field', field);
END;
$$;


-- Refuse a line of text (RF400) that is missing, too long, or would show as something else than it is: control characters,
-- characters that turn the reading direction or cannot be seen, letters not in composed form (NFC). Everything else is stored as it is.
CREATE FUNCTION app.check_line(field text, value text, longest integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF value IS NULL OR value = '' AND field <> 'note' THEN
        PERFORM app.refuse_argument(field, format('The %s is missing.', field));
    ELSIF length(value) > longest THEN
        PERFORM app.refuse_argument(field, format('The %s is longer than %s characters.', field, longest));
    ELSIF value <> btrim(value, U&' \0009\000A\000D\00A0\1680\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200A\202F\205F\3000') THEN
        PERFORM app.refuse_argument(field, format('The %s begins or ends with a blank.', field));
    ELSIF value ~ U&'[\0001-\001F\007F-\009F\2028\2029\FFF9-\FFFF]' THEN
        PERFORM app.refuse_argument(field, format('The %s holds a control character.', field));
    ELSIF value ~ U&'[\00AD\034F\061C\115F\1160\17B4\17B5\180B-\180F\200B-\200F\202A-\202E\2060-\206F\2800\3164\FE00-\FE0D\FEFF\FFA0\+01D173-\+01D17A\+0E0001-\+0E007F\+0E0100-\+0E01EF]' THEN
        PERFORM app.refuse_argument(field, format('The %s holds a character that cannot be seen.', field));
    ELSIF value IS NOT NFC NORMALIZED THEN
        PERFORM app.refuse_argument(field, format('The %s holds letters in an unusual form. Type it again.', field));
    END IF;
END;
$$;


-- Refuse text (RF400) as app.check_line does, and such as mixes Latin letters with look-alikes from other scripts.
CREATE FUNCTION app.check_text(field text, value text, longest integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM app.check_line(field, value, longest);
    IF value ~ '[A-Za-z]' AND value ~ U&'[\0370-\03FF\0400-\052F]' THEN
        PERFORM app.refuse_argument(field, format('The %s mixes Latin letters with look-alikes.', field));
    END IF;
END;
$$;
