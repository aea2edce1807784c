package io.breakwater.adapter.postgres;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The address of a PostgreSQL database and the login, in one of two forms:
 * {@code postgresql://user:password@host:port/database?sslmode=require} as PostgreSQL's own programs accept it, or
 * {@code jdbc:postgresql://host:port/database?user=…}. Its text form does not contain the password; only
 * {@link #connect} uses it. The parameters are those of PostgreSQL's JDBC driver, and a few names of libpq.
 */
public final class ConnectionString {
    private static final Pattern FORM = Pattern.compile(
            "(?<jdbc>jdbc:)?postgres(?:ql)?://(?:(?<login>[^/?#]*)@)?(?<hosts>[^/?#@]*)(?:/(?<database>[^/?#@]*))?"
                    + "(?:\\?(?<parameters>[^#]*))?");
    private static final Pattern HOSTS = Pattern.compile(
            "HOST(?:,HOST)*".replace("HOST", "(?:\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?"));

    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;

    /** The driver's name for each parameter that has a different name in libpq. */
    private static final Map<String, String> LIBPQ_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding",
            "require_auth", "requireAuth",
            "gssencmode", "gssEncMode");

    /** The parameters whose values this class checks. */
    private static final Set<PGProperty> CHECKED = EnumSet.of(
            PGProperty.SSL_MODE, PGProperty.SSL_NEGOTIATION, PGProperty.CHANNEL_BINDING, PGProperty.GSS_ENC_MODE);

    private final String location;
    private final Properties properties;

    private ConnectionString(String place, Properties properties) {
        this.location = place;
        this.properties = properties;
    }

    /**
     * Parses an address.
     *
     * @throws IllegalArgumentException when the text is not a valid address; the message says what to write, and
     *     repeats only names of parameters
     */
    public static ConnectionString of(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches() || !HOSTS.matcher(parts.group("hosts")).matches()) {
            throw invalidAddress();
        }
        requirePorts(parts.group("hosts"));
        boolean plusIsSpace = parts.group("jdbc") != null;
        var properties = new Properties();
        login(parts.group("login"), properties);
        parameters(parts.group("parameters"), plusIsSpace, properties);
        var database = parts.group("database");
        return new ConnectionString(parts.group("hosts") + "/" + (database == null ? "" : database), properties);
    }

    private static IllegalArgumentException invalidAddress() {
        return new IllegalArgumentException("This is not a PostgreSQL address. Write"
                + " postgresql://user:password@host:5432/database, with special characters of the password"
                + " percent-encoded: %40 for @, %2F for /, %3F for ?, %23 for #");
    }

    private static void requirePorts(String hosts) {
        if (Stream.of(hosts.split(",")).anyMatch(host -> port(host) > MAX_PORT)) {
            throw new IllegalArgumentException(
                    "The PostgreSQL address has a port that is too high; write a number from 1 to " + MAX_PORT);
        }
    }

    private static void login(@Nullable String login, Properties properties) {
        if (login == null) {
            return;
        }
        int colon = login.indexOf(':');
        PGProperty.USER.set(properties, decode(colon < 0 ? login : login.substring(0, colon), false));
        if (colon >= 0) {
            PGProperty.PASSWORD.set(properties, decode(login.substring(colon + 1), false));
        }
    }

    private static void parameters(@Nullable String query, boolean plusIsSpace, Properties properties) {
        if (query == null || query.isEmpty()) {
            return;
        }
        for (var parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? parameter : parameter.substring(0, equals);
            var value = equals < 0 ? "" : parameter.substring(equals + 1);
            var property = requireKnown(name, query);
            var text = decode(value, plusIsSpace);
            requireChoice(name, property, text, query);
            property.set(properties, text);
        }
    }

    /** Refuses an invalid value here, because the driver would refuse it only with the first connection. */
    private static void requireChoice(String name, PGProperty property, String value, String query) {
        var choices = CHECKED.contains(property) ? property.getChoices() : null;
        if (choices == null || Stream.of(choices).anyMatch(value::equalsIgnoreCase)) {
            return;
        }
        if (query.contains("@")) {
            throw invalidAddress();
        }
        throw new IllegalArgumentException("The PostgreSQL address has an invalid value of '" + name + "'"
                + suggestion(value, choices) + " Write one of "
                + String.join(", ", choices));
    }

    private static String suggestion(String value, String[] choices) {
        var matches = Stream.of(choices)
                .filter(choice -> value.length() >= 3 && choice.startsWith(value.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" or "));
        return matches.isEmpty() ? "." : "; did you mean " + matches + "?";
    }

    /**
     * An unknown name before an @ may be the end of a password that contains a question mark, so it is not repeated.
     */
    private static PGProperty requireKnown(String name, String query) {
        var property = PGProperty.forName(LIBPQ_NAMES.getOrDefault(name, name));
        if (property == null && query.contains("@")) {
            throw invalidAddress();
        }
        if (property == null) {
            throw new IllegalArgumentException("The PostgreSQL address has a parameter that the JDBC driver does not"
                    + " know: '" + name + "'. Write one of the driver's connection parameters, for example sslmode,"
                    + " sslrootcert or connectTimeout");
        }
        return property;
    }

    private static String decode(String text, boolean plusIsSpace) {
        try {
            return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The message of the cause would repeat part of a password.
            throw new IllegalArgumentException("The PostgreSQL address has a percent sign that is not followed by"
                    + " two hexadecimal digits; write %25 for a percent sign itself");
        }
    }

    /**
     * Opens a connection with these properties of the driver in addition to those in the address. Error messages never
     * contain the server's details, because these contain values of rows.
     */
    public Connection connect(Map<PGProperty, String> settings) throws SQLException {
        var all = new Properties();
        all.putAll(properties);
        settings.forEach((property, value) -> property.set(all, value));
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(all, "false");
        var connection = new Driver().connect("jdbc:postgresql://" + location, all);
        if (connection == null) {
            throw new IllegalStateException("the PostgreSQL driver does not accept the address");
        }
        return connection;
    }

    /** Whether the address sets this property of the driver. */
    public boolean sets(PGProperty property) {
        return property.getOrNull(properties) != null;
    }

    /** Hosts, ports and database, for logs and to identify a server: {@code db.example.com:5432/shop}. No secrets. */
    public String location() {
        return location;
    }

    /** Like {@link #location()}, with the default port where the address has none. */
    public String address() {
        var hosts = hosts().stream().map(ConnectionString::format).collect(Collectors.joining(","));
        return hosts + location.substring(location.indexOf('/'));
    }

    private static String format(InetSocketAddress host) {
        var name = host.getHostString();
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + host.getPort();
    }

    /** The hosts and ports of the server; the names are not resolved. */
    public List<InetSocketAddress> hosts() {
        return Stream.of(location.substring(0, location.indexOf('/')).split(","))
                .map(ConnectionString::host)
                .toList();
    }

    private static InetSocketAddress host(String text) {
        int colon = portColon(text);
        var name = colon < 0 ? text : text.substring(0, colon);
        return InetSocketAddress.createUnresolved(name.replaceAll("[\\[\\]]", ""), port(text));
    }

    private static int port(String text) {
        int colon = portColon(text);
        return colon < 0 ? DEFAULT_PORT : Integer.parseInt(text.substring(colon + 1));
    }

    /** The position of the colon before the port; negative when the text has no port. */
    private static int portColon(String text) {
        return text.endsWith("]") ? -1 : text.lastIndexOf(':');
    }

    /** The role that logs in, or null for the role with the name of the operating system's user. */
    public @Nullable String role() {
        return PGProperty.USER.getOrNull(properties);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionString that
                && location.equals(that.location)
                && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return location.hashCode();
    }

    /** Returns the address without the login and the parameters, which may be secrets. */
    @Override
    public String toString() {
        return "postgresql://******@" + location;
    }
}
