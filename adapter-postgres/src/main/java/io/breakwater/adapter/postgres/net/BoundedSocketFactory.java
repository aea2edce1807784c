package io.breakwater.adapter.postgres.net;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import javax.net.SocketFactory;
import org.postgresql.PGProperty;

/**
 * Makes the driver's sockets; it finds this class by its name. The argument is the ration of bytes that the rows of one
 * exchange may take.
 */
public final class BoundedSocketFactory extends SocketFactory {
    /** The SQLSTATE of the warning that stands for rows that were left out. */
    public static final String ROWS_MISSING = BoundedInput.CUT;

    private final int ration;

    /** With the ration as a number. */
    public BoundedSocketFactory(String ration) {
        this.ration = Integer.parseInt(ration);
    }

    /** The properties with which the driver uses it, with and without TLS. */
    public static Map<PGProperty, String> properties(int ration) {
        return Map.of(
                PGProperty.SOCKET_FACTORY, BoundedSocketFactory.class.getName(),
                PGProperty.SOCKET_FACTORY_ARG, Integer.toString(ration),
                PGProperty.SSL_FACTORY, BoundedTlsFactory.class.getName(),
                // It would encrypt within the driver, where nobody can look.
                PGProperty.GSS_ENC_MODE, "disable");
    }

    @Override
    public Socket createSocket() {
        return new BoundedSocket(ration);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }
}
