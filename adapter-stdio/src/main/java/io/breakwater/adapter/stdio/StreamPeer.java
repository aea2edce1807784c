package io.breakwater.adapter.stdio;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A server at the other end of two streams. */
record StreamPeer(InputStream fromServer, OutputStream toServer) implements StdioClientTransport.Peer {

    @Override
    public String describeEnd() {
        return "The server has closed the connection.";
    }

    @Override
    public void close() {
        close(toServer);
        close(fromServer);
    }

    private static void close(Closeable stream) {
        try {
            stream.close();
        } catch (IOException alreadyBroken) {
            // A stream that cannot be closed carries no more messages either.
        }
    }
}
