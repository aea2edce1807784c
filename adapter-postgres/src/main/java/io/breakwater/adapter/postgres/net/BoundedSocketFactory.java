package io.breakwater.adapter.postgres.net;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import javax.net.SocketFactory;
import org.postgresql.PGProperty;

/**
 * Creates the driver's sockets; the driver finds this class by its name. The argument is the maximum number of bytes
 * for the rows of one exchange.
 */
public final class BoundedSocketFactory extends SocketFactory {
    /** The SQLSTATE of the warning that replaces dropped rows. */
    public static final String ROWS_MISSING = BoundedInput.ROWS_TRUNCATED;

    private final int maxRowBytes;

    /** Creates a factory; the argument is a number of bytes. */
    public BoundedSocketFactory(String maxRowBytes) {
        this.maxRowBytes = Integer.parseInt(maxRowBytes);
    }

    /** The driver's properties that select this factory, with and without TLS. */
    public static Map<PGProperty, String> properties(int maxRowBytes) {
        return Map.of(
                PGProperty.SOCKET_FACTORY, BoundedSocketFactory.class.getName(),
                PGProperty.SOCKET_FACTORY_ARG, Integer.toString(maxRowBytes),
                PGProperty.SSL_FACTORY, BoundedTlsFactory.class.getName(),
                // GSS encryption happens inside the driver, where the stream cannot be filtered.
                PGProperty.GSS_ENC_MODE, "disable");
    }

    @Override
    public Socket createSocket() {
        return new BoundedSocket(maxRowBytes);
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
