"""Two hundred customers, made up from names as Yorùbá, Igbo and Hausa are written."""

from typing import NamedTuple

YORUBA = (
    "Adébáyọ̀ Adéṣọlá Olúwaṣeun Títílayọ̀ Fọláṣadé Kọ́láwọlé Bùsọ́lá Ìyábọ̀ Olúfẹ́mi Ayọ̀délé "
    "Yétúndé Babátúndé Abíọ́dún Táíwò Dámilọ́lá Olúmídé Fúnmiláyọ̀ Rótìmí Bọ́láńlé Ṣẹ́gun",
    "Àjàyí Adéṣínà Ògúnbánjọ Olátúnjí Bámidélé Ọláwálé Fálànà Akíntọ́lá Ògúnsànyà Ìdòwú "
    "Adélékè Ọ̀ṣúntọ́kun Àjíbádé Oyèwọlé Adéwálé Adéọlá Òjó Àyànwálé Ọládípọ̀ Fágbèmí",
)
IGBO = (
    "Adaeze Chidị Chiọma Ifeọma Obinna Nnamdị Chinedu Ụzọamaka Nkechi Obiọma "
    "Amaka Emeka Kelechi Ijeọma Ugochukwu Ebere Ifeanyị Nneka Ụkamaka Chukwuemeka",
    "Eze Nwosu Okeke Obi Nnaji Ugwu Ibe Onyema Nweke Ezeugo Udeh Agụ Mba Okoye Uche Madụka Anyanwụ Ọkọnkwọ Ọdịnaka Ọgbọnna",
)
HAUSA = (
    "Aisha Hauwa Ɗanjuma Fatima Garba Sani Musa Halima Hadiza Ibrahim Bala Talatu Rakiya Usman Yakubu Binta Maryam Abubakar Ɗahiru Ƙasimu",
    "Bello Sule Yusuf Lawal Shehu Dogara Gwadabe Magaji Tanko Waziri Zubairu Barau Sarki Ɗanfulani Maiƙudi Ƙaura Ɗanƙane Ladan Umaru "
    "Ƴantumaki",
)
SHARES = ((YORUBA, 80), (IGBO, 70), (HAUSA, 50))


class Customer(NamedTuple):
    """`purse` is what they paid in before the town opens, in kobo."""

    name: str
    phone: str
    purse: int


def customers() -> list[Customer]:
    """Return them, each with a name and a number of their own; numbers after 0700 are no person's."""
    names = [name for (given, family), share in SHARES for name in _mixed(given.split(), family.split(), share)]
    return [Customer(name, f"+234700{number:07d}", _purse(number)) for number, name in enumerate(names, 1)]


def _purse(number: int) -> int:
    """Give between ₦16,000 and ₦54,000, and every twentieth nothing."""
    return 0 if number % 20 == 0 else 1_500_000 + number * 7 % 40 * 100_000


def _mixed(given: list[str], family: list[str], share: int) -> list[str]:
    """Pair the first names with family names, each round seven places on: no pair comes twice."""
    size = len(given)
    return [f"{given[n % size]} {family[(n + n // size * 7) % size]}" for n in range(share)]
