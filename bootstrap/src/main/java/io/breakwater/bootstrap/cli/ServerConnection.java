package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.client.HttpClientTransport;
import io.breakwater.bootstrap.config.ProgramVersion;
import io.breakwater.bootstrap.config.SecretValue;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.InProcessTransport;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.McpClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The MCP client of a command, and the server in this process if the command has built one. */
final class ServerConnection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String SEND = "To send a credential, use --credential @FILE.";
    private static final String CALL_WITH =
            "Without --url and a credential, a command has the roles of auth.local-roles"
                    + " and the scopes of auth.local-scopes, like the caller of a stdio server. To call with a credential, use"
                    + " --credential @FILE.";

    private final String name;
    private final CredentialTransport transport;
    private final McpClient client;
    private final String advice;
    private final Runnable onClose;

    /**
     * Connects to a server.
     *
     * @param advice what the operator can do if the server refuses a request that has no credential
     */
    private ServerConnection(
            String name, CredentialTransport transport, McpClientBuilder client, String advice, Runnable onClose) {
        this.name = name;
        this.transport = transport;
        this.advice = advice;
        this.onClose = onClose;
        this.client = translateFailures(() -> client.name("breakwater-cli", ProgramVersion.text())
                .timeout(TIMEOUT)
                .connect());
    }

    /** Connects without a credential to the server at a URL. */
    static ServerConnection to(URI url) {
        return to(url, null, null);
    }

    /**
     * Connects to the server at a URL, in whichever era it supports.
     *
     * @param credential the API key or token to send, or null
     * @param tls whom to trust over HTTPS, or null for the default of the JDK
     */
    static ServerConnection to(URI url, @Nullable SecretValue credential, @Nullable SSLContext tls) {
        try {
            var http = tls == null ? HttpClientTransport.to(url) : HttpClientTransport.to(url, tls);
            var transport = CredentialTransport.remote(http, credential);
            var client = McpClient.builder(transport).eitherEra();
            return new ServerConnection(url.toString(), transport, client, SEND, () -> {});
        } catch (IllegalArgumentException wrong) {
            throw new NoSuchElementException(wrong.getMessage(), wrong);
        }
    }

    /**
     * Connects to a server in this process, which is closed with the connection.
     *
     * @param credential the credential of the server's configuration, with which it is called; null for none
     */
    static ServerConnection to(Breakwater server, @Nullable SecretValue credential) {
        var transport = CredentialTransport.local(InProcessTransport.connection(server.host()), credential);
        return new ServerConnection("The server", transport, McpClient.builder(transport), CALL_WITH, server::close);
    }

    /** Whether the requests have no credential, which a server at a URL may require for some tools. */
    boolean isWithoutCredential() {
        return transport.isWithoutCredential();
    }

    /**
     * Sends requests.
     *
     * @throws UnreachableServerException when there is no response
     * @throws PortException when the server responds with an error
     */
    <T> T request(Function<McpClient, T> requests) {
        return translateFailures(() -> requests.apply(client));
    }

    private <T> T translateFailures(Supplier<T> requests) {
        try {
            return requests.get();
        } catch (PortException.DeadlineExceededException late) {
            throw new UnreachableServerException(
                    name + " did not answer within " + TIMEOUT.toSeconds() + " seconds.", late);
        } catch (PortException.UnavailableException unreachable) {
            throw UnreachableServerException.of(unreachable);
        } catch (PortException refused) {
            throw withHints(refused);
        }
    }

    /** Adds what the user needs next: a credential, or the id for {@code access explain --request}. */
    private PortException withHints(PortException refused) {
        var reason = String.valueOf(refused.getMessage());
        var hints = new StringBuilder();
        if (transport.isCredentialMissing()) {
            hints.append(' ').append(advice);
        }
        var id = requestId(refused);
        if (id != null && !reason.contains(id)) {
            hints.append(" Request id: ").append(id);
        }
        return hints.isEmpty()
                ? refused
                : new PortException.RefusedException(reason + (reason.endsWith(".") ? "" : ".") + hints, refused);
    }

    private static @Nullable String requestId(PortException refused) {
        return refused instanceof PortException.ProtocolErrorException error && error.data() instanceof Json.Obj data
                ? data.text("requestId")
                : null;
    }

    @Override
    public void close() {
        client.close();
        onClose.run();
    }
}
