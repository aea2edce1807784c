package io.breakwater.adapter.postgres.connection;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/**
 * The reasons why a connection attempt fails, each with a phrase for operators. No phrase repeats the server's text.
 */
public enum ConnectionFailure {
    UNKNOWN_HOST("DNS does not know the host name"),
    REFUSED("the connection is refused, because no program listens on this port"),
    UNREACHABLE("the network has no route to the host"),
    TIMEOUT("the server does not answer in time"),
    CONNECTION_CLOSED("the server closes the connection without an answer"),
    HTTP("the server uses HTTP, not the PostgreSQL protocol"),
    SSH("the server uses SSH, not the PostgreSQL protocol"),
    NOT_POSTGRESQL("the server does not use the PostgreSQL protocol"),
    NO_PASSWORD("the server requires a password, but the address has none"),
    WRONG_PASSWORD("the server rejects the password"),
    UNKNOWN_ROLE("the role does not exist"),
    NO_LOGIN("the role has the attribute NOLOGIN, so it may not log in"),
    ROLE_REJECTED(
            "pg_hba.conf does not admit the role to this database from this host, or the role does not exist or may not"
                    + " log in"),
    TLS_REQUIRED("pg_hba.conf admits only connections with TLS: set sslmode=require"),
    TLS_NOT_OFFERED("sslmode requires TLS, but the server does not support it"),
    CERTIFICATE("the TLS certificate of the server is not trusted"),
    TLS("the TLS handshake fails"),
    UNKNOWN_DATABASE("the database does not exist"),
    NO_PRIVILEGE("the role lacks the CONNECT privilege on the database"),
    ROLE_FULL("the role has as many connections as its CONNECTION LIMIT allows: raise it, or lower the pool's max"),
    DATABASE_FULL(
            "the database has as many connections as its CONNECTION LIMIT allows: raise it, or lower the pool's max"),
    SERVER_FULL("all connections of the server are in use (max_connections)"),
    NOT_READY("the server is starting, stopping or recovering"),
    OTHER("the connection attempt fails");

    private static final String TOO_MANY_CONNECTIONS = "53300";

    private static final Map<String, ConnectionFailure> BY_SQL_STATE = Map.of(
            "08P01", NOT_POSTGRESQL,
            "28P01", WRONG_PASSWORD,
            "28000", ROLE_REJECTED,
            "3D000", UNKNOWN_DATABASE,
            "42501", NO_PRIVILEGE,
            "57P01", NOT_READY,
            "57P02", NOT_READY,
            "57P03", NOT_READY);

    private static final Set<ConnectionFailure> REFUSALS = EnumSet.of(
            NO_PASSWORD,
            WRONG_PASSWORD,
            UNKNOWN_ROLE,
            NO_LOGIN,
            ROLE_REJECTED,
            TLS_REQUIRED,
            TLS_NOT_OFFERED,
            UNKNOWN_DATABASE,
            NO_PRIVILEGE,
            ROLE_FULL,
            DATABASE_FULL,
            SERVER_FULL);

    private final String phrase;

    ConnectionFailure(String phrase) {
        this.phrase = phrase;
    }

    /** A phrase that follows the server's address and a colon in a sentence. */
    public String phrase() {
        return phrase;
    }

    /** Whether the server may use another protocol: the driver reports that in several ways. */
    boolean mayBeForeign() {
        return this == TIMEOUT || this == CONNECTION_CLOSED || this == NOT_POSTGRESQL || this == TLS || this == OTHER;
    }

    /** Whether the server uses another protocol. */
    boolean isForeign() {
        return this == HTTP || this == SSH || this == NOT_POSTGRESQL;
    }

    /** Whether a running server refuses the connection, so that its open connections continue to work. */
    boolean isRefusal() {
        return REFUSALS.contains(this);
    }

    /**
     * Determines why an attempt failed.
     *
     * @param thrown the failure of the attempt
     * @param withPassword whether the address has a password
     */
    public static ConnectionFailure of(Throwable thrown, boolean withPassword) {
        var fault = sqlIn(thrown).map(sql -> ofState(sql, withPassword)).orElse(OTHER);
        return fault == OTHER
                ? causes(thrown)
                        .map(ConnectionFailure::ofCause)
                        .filter(known -> known != OTHER)
                        .findFirst()
                        .orElse(OTHER)
                : fault;
    }

    /** Classifies by SQLSTATE. The driver uses 08004 both for a server without TLS and for a missing password. */
    private static ConnectionFailure ofState(SQLException sql, boolean withPassword) {
        var state = String.valueOf(sql.getSQLState());
        var message = String.valueOf(sql.getMessage());
        if (state.equals("08004")) {
            return message.contains("SSL") ? TLS_NOT_OFFERED : withPassword ? OTHER : NO_PASSWORD;
        }
        if (state.equals("28000")) {
            return classifyRejection(message);
        }
        if (message.contains("Connection attempt timed out")) { // the driver's login timeout has no cause
            return TIMEOUT;
        }
        return state.equals(TOO_MANY_CONNECTIONS) ? classifyLimit(sql) : BY_SQL_STATE.getOrDefault(state, OTHER);
    }

    /** Only the message distinguishes a missing role from one with NOLOGIN, and it is in the server's language. */
    private static ConnectionFailure classifyRejection(String message) {
        if (message.contains("no encryption")) {
            return TLS_REQUIRED;
        }
        if (message.contains("not permitted to log in")) {
            return NO_LOGIN;
        }
        return message.contains("does not exist") ? UNKNOWN_ROLE : ROLE_REJECTED;
    }

    /**
     * Determines the limit by the function that raised the error: all limits share one SQLSTATE, and the message is in
     * the server's language.
     */
    private static ConnectionFailure classifyLimit(SQLException sql) {
        var error = sql instanceof PSQLException server ? server.getServerErrorMessage() : null;
        return switch (String.valueOf(error == null ? null : error.getRoutine())) {
            case "InitializeSessionUserId" -> ROLE_FULL;
            case "CheckMyDatabase" -> DATABASE_FULL;
            default -> SERVER_FULL;
        };
    }

    private static ConnectionFailure ofCause(Throwable cause) {
        return switch (cause) {
            case UnknownHostException e -> UNKNOWN_HOST;
            case NoRouteToHostException e -> UNREACHABLE;
            case ConnectException e -> REFUSED;
            case SocketTimeoutException e -> TIMEOUT;
            case CertificateException e -> CERTIFICATE;
            case SSLException e -> causes(e).anyMatch(CertificateException.class::isInstance) ? CERTIFICATE : TLS;
            case EOFException e -> CONNECTION_CLOSED;
            case SocketException e -> CONNECTION_CLOSED;
            default -> OTHER;
        };
    }

    static Optional<SQLException> sqlIn(Throwable thrown) {
        return causes(thrown)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }
}
