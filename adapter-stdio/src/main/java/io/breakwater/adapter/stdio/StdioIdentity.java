package io.breakwater.adapter.stdio;

import io.breakwater.port.PortException;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Transport;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The identity of the process on the other side, whose credential comes from the environment. It is determined for each
 * message again, because a credential can expire or be revoked; lines wait meanwhile, which keeps their order.
 */
final class StdioIdentity {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Transport.Host host;

    StdioIdentity(Transport.Host host) {
        this.host = host;
    }

    /** Returns the answer of the authenticator. */
    Authentication determine() throws InterruptedException {
        try {
            return host.authenticate(HeaderFields.NONE, RemotePeer.STDIO).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return new Authentication.Unavailable(TIMEOUT);
        }
    }

    /**
     * Returns the sender, when the process starts.
     *
     * @throws PortException.RefusedException if the credential is not accepted
     */
    Authenticated require() {
        try {
            var answer = determine();
            if (answer instanceof Authenticated sender) {
                return sender;
            }
            throw new PortException.RefusedException(
                    messageOf(answer) + " The credential of this process is in "
                            + host.settingNames().nameOf("StandardAuthentication.credential") + ".",
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException.RefusedException("The start was interrupted.", e);
        }
    }

    /** The status of a refusal, which is the code of its JSON-RPC error, as over HTTP. */
    static int codeOf(Authentication refusal) {
        return refusal instanceof Authentication.Challenge challenge ? challenge.status() : 503;
    }

    /** What the client can do about a refusal. */
    static String messageOf(Authentication refusal) {
        return refusal instanceof Authentication.Challenge challenge
                ? challenge.message()
                : "The server cannot check the credential at present. Try again later.";
    }
}
