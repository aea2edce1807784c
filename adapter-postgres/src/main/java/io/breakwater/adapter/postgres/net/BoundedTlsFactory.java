package io.breakwater.adapter.postgres.net;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.PGProperty;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/** The driver's own TLS, with {@link BoundedInput} after the decryption. The driver finds this class by its name. */
public final class BoundedTlsFactory extends LibPQFactory {
    private final int maxRowBytes;

    /** Creates a factory from the properties of the connection. */
    public BoundedTlsFactory(Properties properties) throws PSQLException {
        super(properties);
        this.maxRowBytes = PGProperty.SOCKET_FACTORY_ARG.getInt(properties);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        ((BoundedSocket) socket).setEncrypted();
        return new BoundedTlsSocket((SSLSocket) super.createSocket(socket, host, port, autoClose), maxRowBytes);
    }
}
