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
 * Where a PostgreSQL is and who we are there, in either of the two forms people have at hand:
 * {@code postgresql://user:password@host:port/database?sslmode=require} as PostgreSQL's own programs take it, or
 * {@code jdbc:postgresql://host:port/database?user=…}. It holds a password, so it prints masked; only {@link #connect}
 * uses it. The parameters are those of PostgreSQL's JDBC driver, and a few that go by another name elsewhere.
 */
public final class ConnectionString {
    private static final Pattern FORM = Pattern.compile(
            "(?<jdbc>jdbc:)?postgres(?:ql)?://(?:(?<login>[^/?#]*)@)?(?<hosts>[^/?#@]*)(?:/(?<database>[^/?#@]*))?"
                    + "(?:\\?(?<parameters>[^#]*))?");
    private static final Pattern HOSTS = Pattern.compile(
            "HOST(?:,HOST)*".replace("HOST", "(?:\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?"));

    private static final int USUAL_PORT = 5432;
    private static final int HIGHEST_PORT = 65_535;

    /** What libpq calls otherwise than the driver. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding",
            "require_auth", "requireAuth",
            "gssencmode", "gssEncMode");

    /** Parameters whose wrong values are refused here. */
    private static final Set<PGProperty> CHECKED = EnumSet.of(
            PGProperty.SSL_MODE, PGProperty.SSL_NEGOTIATION, PGProperty.CHANNEL_BINDING, PGProperty.GSS_ENC_MODE);

    private final String place;
    private final Properties properties;

    private ConnectionString(String place, Properties properties) {
        this.place = place;
        this.properties = properties;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; the message says what to write, and repeats nothing of it but
     *     names of parameters
     */
    public static ConnectionString of(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches() || !HOSTS.matcher(parts.group("hosts")).matches()) {
            throw noAddress();
        }
        requirePorts(parts.group("hosts"));
        boolean plusIsSpace = parts.group("jdbc") != null;
        var properties = new Properties();
        login(parts.group("login"), properties);
        parameters(parts.group("parameters"), plusIsSpace, properties);
        var database = parts.group("database");
        return new ConnectionString(parts.group("hosts") + "/" + (database == null ? "" : database), properties);
    }

    private static IllegalArgumentException noAddress() {
        return new IllegalArgumentException("This is no address of a PostgreSQL. Write"
                + " postgresql://user:password@host:5432/database, with special characters of the password"
                + " percent-encoded: %40 for @, %2F for /, %3F for ?, %23 for #");
    }

    private static void requirePorts(String hosts) {
        if (Stream.of(hosts.split(",")).anyMatch(host -> port(host) > HIGHEST_PORT)) {
            throw new IllegalArgumentException(
                    "The address of the PostgreSQL has a port that is too high; write a number from 1 to "
                            + HIGHEST_PORT);
        }
    }

    private static void login(@Nullable String login, Properties properties) {
        if (login == null) {
            return;
        }
        int colon = login.indexOf(':');
        PGProperty.USER.set(properties, decoded(colon < 0 ? login : login.substring(0, colon), false));
        if (colon >= 0) {
            PGProperty.PASSWORD.set(properties, decoded(login.substring(colon + 1), false));
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
            var property = known(name, query);
            var text = decoded(value, plusIsSpace);
            requireChoice(name, property, text, query);
            property.set(properties, text);
        }
    }

    /** The driver would find out with the first connection. */
    private static void requireChoice(String name, PGProperty property, String value, String query) {
        var choices = CHECKED.contains(property) ? property.getChoices() : null;
        if (choices == null || Stream.of(choices).anyMatch(value::equalsIgnoreCase)) {
            return;
        }
        if (query.contains("@")) {
            throw noAddress();
        }
        throw new IllegalArgumentException("The address of the PostgreSQL has a value of '" + name
                + "' that its driver does not know" + meant(value, choices) + " Write one of "
                + String.join(", ", choices));
    }

    private static String meant(String value, String[] choices) {
        var near = Stream.of(choices)
                .filter(choice -> value.length() >= 3 && choice.startsWith(value.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" or "));
        return near.isEmpty() ? "." : ": did you mean " + near + "?";
    }

    /** An unknown name before an @ may be the end of a password with a question mark in it, and is not repeated. */
    private static PGProperty known(String name, String query) {
        var property = PGProperty.forName(OTHER_NAMES.getOrDefault(name, name));
        if (property == null && query.contains("@")) {
            throw noAddress();
        }
        if (property == null) {
            throw new IllegalArgumentException("The address of the PostgreSQL has a parameter that its driver does not"
                    + " know: '" + name + "'. See the driver's connection parameters, for instance sslmode,"
                    + " sslrootcert, connectTimeout");
        }
        return property;
    }

    private static String decoded(String text, boolean plusIsSpace) {
        try {
            return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message would repeat part of a password.
            throw new IllegalArgumentException(
                    "The address of the PostgreSQL has a percent sign that is not followed by"
                            + " two hexadecimal digits; write %25 for a percent sign itself");
        }
    }

    /**
     * Opens a connection with these properties of the driver on top of those that were given. Whatever they say,
     * messages of its failures are without the server's details: these hold values of rows.
     */
    public Connection connect(Map<PGProperty, String> settings) throws SQLException {
        var all = new Properties();
        all.putAll(properties);
        settings.forEach((property, value) -> property.set(all, value));
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(all, "false");
        var connection = new Driver().connect("jdbc:postgresql://" + place, all);
        if (connection == null) {
            throw new IllegalStateException("the driver does not take its own kind of address");
        }
        return connection;
    }

    /** True when the driver's property was given. */
    public boolean sets(PGProperty property) {
        return property.getOrNull(properties) != null;
    }

    /** Hosts, ports and database, for logs and to tell servers apart: {@code db.example.com:5432/shop}. No secrets. */
    public String place() {
        return place;
    }

    /** The same with the port where it was left out. */
    public String address() {
        var written = hosts().stream().map(ConnectionString::written).collect(Collectors.joining(","));
        return written + place.substring(place.indexOf('/'));
    }

    private static String written(InetSocketAddress host) {
        var name = host.getHostString();
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + host.getPort();
    }

    /** Where the server listens; the names are not resolved. */
    public List<InetSocketAddress> hosts() {
        return Stream.of(place.substring(0, place.indexOf('/')).split(","))
                .map(ConnectionString::host)
                .toList();
    }

    private static InetSocketAddress host(String written) {
        int colon = portColon(written);
        var name = colon < 0 ? written : written.substring(0, colon);
        return InetSocketAddress.createUnresolved(name.replaceAll("[\\[\\]]", ""), port(written));
    }

    private static int port(String written) {
        int colon = portColon(written);
        return colon < 0 ? USUAL_PORT : Integer.parseInt(written.substring(colon + 1));
    }

    /** Negative where the port is left out. */
    private static int portColon(String written) {
        return written.endsWith("]") ? -1 : written.lastIndexOf(':');
    }

    /** The role that logs in, or null for the one named like the operating system's user. */
    public @Nullable String role() {
        return PGProperty.USER.getOrNull(properties);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionString that && place.equals(that.place) && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return place.hashCode();
    }

    /** Without anything that is a secret or may be one. */
    @Override
    public String toString() {
        return "postgresql://******@" + place;
    }
}
