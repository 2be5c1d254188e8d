"""What the server allows no session to outgrow, and never writes to its log; for the embedded server and for any other."""

LIMITS = {
    "client_connection_check_interval": "1s",  # a statement ends soon after its program did
    "idle_session_timeout": "12h",
    "idle_in_transaction_session_timeout": "15s",  # who waits in a transaction holds up everybody; a default, which a login may change
    "temp_file_limit": "1GB",  # users cannot raise it
    "log_parameter_max_length": "0",  # no arguments in the log
    "log_parameter_max_length_on_error": "0",
}
