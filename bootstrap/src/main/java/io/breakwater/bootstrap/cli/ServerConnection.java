package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.client.HttpClientTransport;
import io.breakwater.bootstrap.config.ProgramVersion;
import io.breakwater.bootstrap.config.SecretValue;
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
import org.jspecify.annotations.Nullable;

/** The MCP client of a command, and the server in this process if the command has built one. */
final class ServerConnection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String name;
    private final CredentialTransport transport;
    private final McpClient client;
    private final Runnable onClose;

    private ServerConnection(String name, CredentialTransport transport, McpClientBuilder client, Runnable onClose) {
        this.name = name;
        this.transport = transport;
        this.onClose = onClose;
        this.client = translateFailures(() -> client.name("breakwater-cli", ProgramVersion.text())
                .timeout(TIMEOUT)
                .connect());
    }

    /** Connects without a credential to the server at a URL. */
    static ServerConnection to(URI url) {
        return to(url, null);
    }

    /**
     * Connects to the server at a URL, in whichever era it supports.
     *
     * @param credential the API key or token to send, or null
     */
    static ServerConnection to(URI url, @Nullable SecretValue credential) {
        try {
            var transport = new CredentialTransport(HttpClientTransport.to(url), credential);
            var client = McpClient.builder(transport).eitherEra();
            return new ServerConnection(url.toString(), transport, client, () -> {});
        } catch (IllegalArgumentException wrong) {
            throw new NoSuchElementException(wrong.getMessage(), wrong);
        }
    }

    /** Connects to a server in this process, which is closed with the connection. */
    static ServerConnection to(Breakwater server) {
        var transport = new CredentialTransport(InProcessTransport.connection(server.host()), null);
        return new ServerConnection("The server", transport, McpClient.builder(transport), server::close);
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
            throw new UnreachableServerException(String.valueOf(unreachable.getMessage()), unreachable);
        } catch (PortException refused) {
            throw transport.isCredentialMissing() ? withHint(refused) : refused;
        }
    }

    private static PortException withHint(PortException refused) {
        var reason = String.valueOf(refused.getMessage());
        return new PortException.RefusedException(
                reason + (reason.endsWith(".") ? "" : ".") + " To send a credential, use --credential @FILE.", refused);
    }

    @Override
    public void close() {
        client.close();
        onClose.run();
    }
}
