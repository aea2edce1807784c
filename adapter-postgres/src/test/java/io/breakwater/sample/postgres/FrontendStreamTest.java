package io.breakwater.sample.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendStreamTest {
    private static final int TLS_REQUEST = 80_877_103;
    private static final int PROTOCOL_3 = 3 << 16;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000})
    void cutsMessagesWhereverTheNetworkCutsThem(int portion) {
        var reply = new ArrayList<FrontendMessage>();
        var stream = new FrontendStream(reply::add);

        byte[] sent = sent();
        for (int at = 0; at < sent.length; at += portion) {
            var part = ByteBuffer.wrap(sent, at, Math.min(portion, sent.length - at))
                    .slice();
            byte[] bytes = new byte[8_192];
            part.get(bytes, 0, part.limit());
            stream.accept(bytes, part.limit());
        }

        assertThat(reply)
                .extracting(FrontendMessage::type)
                .containsExactly(FrontendMessage.START_UP, FrontendMessage.START_UP, 'P', 'B', 'C', 'Q', 'S');
        assertThat(reply.get(2).name()).isEqualTo("frame");
        assertThat(reply.get(2).sql()).isEqualTo("SELECT 'é'".getBytes(UTF_8));
        assertThat(reply.get(3).statement()).isEqualTo("frame");
        assertThat(reply.get(4).name()).isEqualTo("frame");
        assertThat(reply.get(5).sql()).isEqualTo("SELECT 1".getBytes(UTF_8));
    }

    private static byte[] sent() {
        var all = ByteBuffer.allocate(1_000);
        all.putInt(8).putInt(TLS_REQUEST);
        all.putInt(8 + 2).putInt(PROTOCOL_3).put((byte) 'u').put((byte) 0);
        put(all, 'P', "frame\0SELECT 'é'\0\0\0");
        put(all, 'B', "portal\0frame\0\0\0\0\0\0\0");
        put(all, 'C', "Sframe\0");
        put(all, 'Q', "SELECT 1\0");
        put(all, 'S', "");
        byte[] sent = new byte[all.flip().limit()];
        all.get(sent);
        return sent;
    }

    private static void put(ByteBuffer all, char type, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        all.put((byte) type).putInt(bytes.length + Integer.BYTES).put(bytes);
    }
}
