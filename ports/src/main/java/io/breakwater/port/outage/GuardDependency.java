package io.breakwater.port.outage;

/** What guards depend on, in the order of the documentation. */
public enum GuardDependency {
    /** The Redis that the servers of a deployment share. */
    REDIS("Redis"),
    /** The server's own tables in PostgreSQL. */
    STORE("store"),
    /** The database that callers query. */
    DATABASE("database"),
    /** The issuer that publishes the keys of signed tokens. */
    IDENTITY_PROVIDER("identity provider"),
    /** The endpoint of an issuer that knows opaque tokens. */
    INTROSPECTION("introspection endpoint"),
    /** The resolver of host names. */
    DNS("DNS"),
    /** The HTTP services that tools call. */
    SERVICE("HTTP service"),
    /** The endpoint that issues tokens for calls of HTTP services. */
    TOKEN_ENDPOINT("token endpoint"),
    /** The folder of the audit log and its disk. */
    AUDIT_FOLDER("audit folder"),
    /** The places to which checkpoints of the audit log are copied: a service, or the store. */
    CHECKPOINT_DESTINATION("destination of checkpoints"),
    /** The file with the API keys. */
    KEYS_FILE("API keys file"),
    /** The configuration file, which also contains the access rules. */
    CONFIGURATION_FILE("configuration file"),
    /** The files of the certificate and its key. */
    CERTIFICATE_FILES("certificate files"),
    /** The log files, and standard error. */
    LOG_OUTPUT("log output"),
    /** The address of the management listener. */
    MANAGEMENT_ADDRESS("management address"),
    /** The memory of the server. */
    MEMORY("memory"),
    /** The threads of the server. */
    THREADS("threads"),
    /** The process of the server, whose state in memory ends with it. */
    PROCESS("process"),
    /** The client of the caller. */
    CLIENT("client"),
    /** Interceptors, policies and verifiers that an application supplies. */
    APPLICATION_CODE("application code"),
    /** The stores for sessions, tasks and streams that an application supplies. */
    SESSION_STORE("session store");

    private final String title;

    GuardDependency(String title) {
        this.title = title;
    }

    /** Returns the name for readers, as it appears within a sentence. */
    public String title() {
        return title;
    }
}
