package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdScannerTest {
    private static @Nullable String scan(String message, int piece) {
        var scanner = new RequestIdScanner();
        byte[] bytes = message.replace('\'', '"').getBytes(UTF_8);
        for (int from = 0; from < bytes.length; from += piece) {
            scanner.scan(bytes, from, Math.min(from + piece, bytes.length));
        }
        return scanner.requestId();
    }

    private static @Nullable String scan(String message) {
        var whole = scan(message, Integer.MAX_VALUE / 2);
        assertThat(scan(message, 1)).isEqualTo(whole);
        assertThat(scan(message, 7)).isEqualTo(whole);
        return whole;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'jsonrpc':'2.0','id':1,'method':'m','params':{}} | 1",
                "{'method':'m','params':{'id':2,'a':[{'id':3}]},'jsonrpc':'2.0','id':-4} | -4",
                " { 'id' : 'a b' , 'method' : 'm' } | 'a b'",
                "{'method':'m','params':{'text':'}\\'],{'},'id':5} | 5",
                "{'method':'\\\\','id':6} | 6",
                "{'id':123456789012345678,'method':'m'} | 123456789012345678",
                "{'id':7,'method':'m','params':{'cut':'of | 7"
            })
    void findsTheIdOfARequest(String message, String id) {
        assertThat(scan(message)).isEqualTo(id.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':1,'result':{'method':'m'}}",
                "{'method':'notifications/x','params':{'id':1}}",
                "{'id':1,'id':2,'method':'m'}",
                "{'id':null,'method':'m'}",
                "{'id':1.5,'method':'m'}",
                "{'id':{'id':1},'method':'m'}",
                "{'id':[1],'method':'m'}",
                "{'id':'\\u0061','method':'m'}",
                "{'id':'ä','method':'m'}",
                "{'id':01,'method':'m'}",
                "{'id':1234567890123456789012,'method':'m'}",
                "[{'id':1,'method':'m'}]",
                "garbage {'id':1,'method':'m'}",
                "{'method':'m'} {'id':1,'method':'m'}",
                "]{'id':1,'method':'m'}",
                ""
            })
    void findsNoIdThatIsNotCertain(String message) {
        assertThat(scan(message)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 127, 5_000})
    void readsIdsUpToALength(int length) {
        var id = "'" + "x".repeat(length) + "'";

        assertThat(scan("{'id':" + id + ",'method':'m'}")).isEqualTo(length > 126 ? null : id.replace('\'', '"'));
    }
}
