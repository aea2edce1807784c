package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.SecretValue;
import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends a credential with every request, if there is one, and records that the server refused a request without. */
final class CredentialTransport implements ClientTransport {
    private final ClientTransport transport;
    private final @Nullable SecretValue credential;
    private final boolean local;
    private volatile boolean missing;

    private CredentialTransport(ClientTransport transport, @Nullable SecretValue credential, boolean local) {
        this.transport = transport;
        this.credential = credential;
        this.local = local;
    }

    /** Sends the credential, if there is one, to a server at a URL. */
    static CredentialTransport remote(ClientTransport transport, @Nullable SecretValue credential) {
        return new CredentialTransport(transport, credential, false);
    }

    /** Sends the credential, if there is one, to a server in this process, which knows its caller without one too. */
    static CredentialTransport local(ClientTransport transport, @Nullable SecretValue credential) {
        return new CredentialTransport(transport, credential, true);
    }

    /** Whether a credential could be sent, but there is none. */
    boolean isWithoutCredential() {
        return credential == null && !local;
    }

    /** Whether the server refused a request that had no credential. */
    boolean isCredentialMissing() {
        return missing;
    }

    @Override
    public boolean isSession() {
        return transport.isSession();
    }

    @Override
    public TransportExchange send(OutgoingMessage message, Receiver receiver) {
        return transport.send(
                new OutgoingMessage(message.body(), withCredential(message.fields())), new Observer(receiver));
    }

    @Override
    public TransportExchange listen(Map<String, String> fields, Receiver receiver) {
        return transport.listen(withCredential(fields), new Observer(receiver));
    }

    @Override
    public void end(Map<String, String> fields) {
        transport.end(withCredential(fields));
    }

    @Override
    public void close() {
        transport.close();
    }

    private Map<String, String> withCredential(Map<String, String> fields) {
        if (credential == null) {
            return fields;
        }
        var all = new HashMap<>(fields);
        all.put("Authorization", "Bearer " + credential.reveal());
        return all;
    }

    /** Passes on what the server sends. */
    private final class Observer implements Receiver {
        private final Receiver receiver;

        Observer(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void session(String id) {
            receiver.session(id);
        }

        @Override
        public void unauthorized() {
            missing = credential == null;
            receiver.unauthorized();
        }

        @Override
        public void event(Event event) {
            receiver.event(event);
        }

        @Override
        public void closed(@Nullable PortException failure) {
            receiver.closed(failure);
        }
    }
}
