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

/** Why a connection attempt fails, in words for operators. What the server says is not repeated. */
public enum ConnectFailure {
    UNKNOWN_HOST("the host name has no address: DNS does not know it"),
    REFUSED("nothing listens there: the connection is refused"),
    UNREACHABLE("no network route leads there"),
    SILENT("it does not answer in time"),
    CUT("it closes the connection without an answer"),
    HTTP("the server there speaks HTTP, not PostgreSQL's protocol"),
    SSH("the server there speaks SSH, not PostgreSQL's protocol"),
    NOT_POSTGRESQL("the server there does not speak PostgreSQL's protocol"),
    NO_PASSWORD("it asks for a password, and the address has none"),
    WRONG_PASSWORD("it rejects the password"),
    NO_ROLE("the role does not exist"),
    NO_LOGIN("the role may not log in: it has the attribute NOLOGIN"),
    ROLE_REJECTED(
            "pg_hba.conf does not admit the role to this database from this host, or the role does not exist or may not"
                    + " log in"),
    TLS_REQUIRED("pg_hba.conf admits only connections with TLS, and this one has none: set sslmode=require"),
    TLS_NOT_OFFERED("sslmode asks for TLS, and the server does not offer it"),
    CERTIFICATE("its TLS certificate is not trusted"),
    TLS("the TLS handshake fails"),
    NO_DATABASE("the database does not exist there"),
    NO_PRIVILEGE("the role lacks the CONNECT privilege on the database"),
    ROLE_FULL("the role has as many connections as its CONNECTION LIMIT allows: raise it, or lower the pool's max"),
    DATABASE_FULL(
            "the database has as many connections as its CONNECTION LIMIT allows: raise it, or lower the pool's max"),
    FULL("all connections that the server may have are in use (max_connections)"),
    NOT_READY("it is starting, stopping or recovering"),
    OTHER("the connection attempt fails");

    private static final String TOO_MANY_CONNECTIONS = "53300";

    private static final Map<String, ConnectFailure> STATES = Map.of(
            "08P01", NOT_POSTGRESQL,
            "28P01", WRONG_PASSWORD,
            "28000", ROLE_REJECTED,
            "3D000", NO_DATABASE,
            "42501", NO_PRIVILEGE,
            "57P01", NOT_READY,
            "57P02", NOT_READY,
            "57P03", NOT_READY);

    private static final Set<ConnectFailure> REFUSALS = EnumSet.of(
            NO_PASSWORD,
            WRONG_PASSWORD,
            NO_ROLE,
            NO_LOGIN,
            ROLE_REJECTED,
            TLS_REQUIRED,
            TLS_NOT_OFFERED,
            NO_DATABASE,
            NO_PRIVILEGE,
            ROLE_FULL,
            DATABASE_FULL,
            FULL);

    private final String phrase;

    ConnectFailure(String phrase) {
        this.phrase = phrase;
    }

    /** The end of a sentence that begins with the server's address and a colon. */
    public String phrase() {
        return phrase;
    }

    /** Whether the server may be one of another protocol: the driver finds that out in several ways. */
    boolean maySpeakOtherwise() {
        return this == SILENT || this == CUT || this == NOT_POSTGRESQL || this == TLS || this == OTHER;
    }

    /** Whether the server is known to speak another protocol. */
    boolean isForeign() {
        return this == HTTP || this == SSH || this == NOT_POSTGRESQL;
    }

    /** Whether the server is there and refuses the connection, so that connections that are open stay. */
    boolean isRefusal() {
        return REFUSALS.contains(this);
    }

    /**
     * Tells the fault of an attempt.
     *
     * @param withPassword whether the address has a password
     */
    public static ConnectFailure of(Throwable thrown, boolean withPassword) {
        var fault = sqlIn(thrown).map(sql -> ofState(sql, withPassword)).orElse(OTHER);
        return fault == OTHER
                ? causes(thrown)
                        .map(ConnectFailure::ofCause)
                        .filter(known -> known != OTHER)
                        .findFirst()
                        .orElse(OTHER)
                : fault;
    }

    /** The driver uses 08004 for a server without TLS and for a password that is missing. */
    private static ConnectFailure ofState(SQLException sql, boolean withPassword) {
        var state = String.valueOf(sql.getSQLState());
        var message = String.valueOf(sql.getMessage());
        if (state.equals("08004")) {
            return message.contains("SSL") ? TLS_NOT_OFFERED : withPassword ? OTHER : NO_PASSWORD;
        }
        if (state.equals("28000")) {
            return whyRejected(message);
        }
        if (message.contains("Connection attempt timed out")) { // of the driver's login timeout, which has no cause
            return SILENT;
        }
        return state.equals(TOO_MANY_CONNECTIONS) ? whoseLimit(sql) : STATES.getOrDefault(state, OTHER);
    }

    /** The server tells a role that does not exist from one with NOLOGIN by words alone, which are in its language. */
    private static ConnectFailure whyRejected(String message) {
        if (message.contains("no encryption")) {
            return TLS_REQUIRED;
        }
        if (message.contains("not permitted to log in")) {
            return NO_LOGIN;
        }
        return message.contains("does not exist") ? NO_ROLE : ROLE_REJECTED;
    }

    /**
     * All limits share one SQLSTATE, and the message is in the server's language; the function that raised it is not.
     */
    private static ConnectFailure whoseLimit(SQLException sql) {
        var error = sql instanceof PSQLException server ? server.getServerErrorMessage() : null;
        return switch (String.valueOf(error == null ? null : error.getRoutine())) {
            case "InitializeSessionUserId" -> ROLE_FULL;
            case "CheckMyDatabase" -> DATABASE_FULL;
            default -> FULL;
        };
    }

    private static ConnectFailure ofCause(Throwable cause) {
        return switch (cause) {
            case UnknownHostException e -> UNKNOWN_HOST;
            case NoRouteToHostException e -> UNREACHABLE;
            case ConnectException e -> REFUSED;
            case SocketTimeoutException e -> SILENT;
            case CertificateException e -> CERTIFICATE;
            case SSLException e -> causes(e).anyMatch(CertificateException.class::isInstance) ? CERTIFICATE : TLS;
            case EOFException e -> CUT;
            case SocketException e -> CUT;
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
