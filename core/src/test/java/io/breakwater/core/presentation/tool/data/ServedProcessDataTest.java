package io.breakwater.core.presentation.tool.data;

import static io.breakwater.core.business.processing.Documents.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.processing.Documents;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.settings.ProcessingLimits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code process_data} as a client meets it: through the protocol, the guard, the binding and the cache. */
class ServedProcessDataTest {
    private final Breakwater server = Breakwater.named("test")
            .environment("staging")
            .pack(new BuiltInPack.ProcessData(ProcessingLimits.defaults()))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void remembersEqualCallsHoweverTheyAreWritten() {
        var first = call("{'operation':'analyze','data':{'a':[1,2.50],'b':null}}");
        var second = call("{'data':{'b':null,'a':[1.0,25e-1]},'operation':'analyze'}");
        var other = call("{'data':{'b':null,'a':[1.0,26e-1]},'operation':'analyze'}");

        assertThat(first.get("cache_status")).isEqualTo(Json.of("miss"));
        assertThat(second.get("cache_status")).isEqualTo(Json.of("hit"));
        assertThat(other.get("cache_status")).isEqualTo(Json.of("miss"));
        assertThat(second.get("processed_at")).isEqualTo(first.get("processed_at"));
        assertThat(second.get("result")).isEqualTo(first.get("result"));
        assertThat(second.get("server_environment")).isEqualTo(Json.of("staging"));
        assertThat(second.get("input_size")).isEqualTo(Json.of(23));
    }

    @Test
    void transformsAndValidates() {
        var orders = Documents.text(Documents.orders());

        assertThat(call("{'operation':'transform','options':{'expression':'$sum(orders.lines.quantity)'},'data':"
                                + orders + "}")
                        .get("result"))
                .isEqualTo(Json.of(13));
        assertThat(call("{'operation':'validate','options':{'schema':{'required':['owner']}},'data':" + orders + "}")
                        .object("result")
                        .get("violation_count"))
                .isEqualTo(Json.of(1));
        assertThat(call("{'operation':'transform','data':null}").get("result")).isEqualTo(json("{'$':null}"));
    }

    @Test
    void keepsNumbersAsTheyWereWritten() {
        var result = call("{'operation':'transform','data':{'a':12345678901234567890.123456789,'b':1.10}}");

        assertThat(result.get("result")).isEqualTo(json("{'a':12345678901234567890.123456789,'b':1.10}"));
    }

    @Test
    void doesNotRememberErrors() {
        var failing = "{'operation':'transform','data':1,'options':{'expression':'$now()'}}";

        assertThat(error(failing)).contains("INVALID_PARAMS").contains("$now is not supported");
        assertThat(error(failing)).contains("INVALID_PARAMS").contains("$now is not supported");
    }

    @Test
    void namesWhatIsWrongWithTheArguments() {
        assertThat(error("{'operation':'sort','data':1}"))
                .contains("INVALID_PARAMS")
                .contains("operation");
        assertThat(error("{'operation':'transform','data':1,'options':{'expresion':'a'}}"))
                .contains("INVALID_PARAMS")
                .contains("expresion");
        assertThat(error("{'operation':'transform'}"))
                .contains("INVALID_PARAMS")
                .contains("data");
    }

    private Json.Obj call(String arguments) {
        var result = send(arguments);
        assertThat(result.get("isError")).isNotEqualTo(Json.of(true));
        return result.object("structuredContent");
    }

    private String error(String arguments) {
        var result = send(arguments);
        assertThat(result.get("isError")).isEqualTo(Json.of(true));
        return Documents.text(result);
    }

    private Json.Obj send(String arguments) {
        var message = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"process_data","arguments":%s,"_meta":{
              "io.modelcontextprotocol/protocolVersion":"2026-07-28",
              "io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},
              "io.modelcontextprotocol/clientCapabilities":{}}}}
            """.formatted(arguments.replace('\'', '"'));
        var reply = new OneReply();
        server.host()
                .endpoint()
                .message(
                        new IncomingMessage(
                                message.getBytes(UTF_8),
                                HeaderFields.NONE,
                                Authenticated.ANONYMOUS,
                                RemotePeer.STDIO,
                                new Channel.Connection()),
                        reply);
        return ((Json.Obj) Documents.parsed(reply.text())).object("result");
    }

    /** Waits for the one answer. */
    private static final class OneReply implements Reply {
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        String text() {
            return answer.orTimeout(Eventually.SECONDS, TimeUnit.SECONDS).join();
        }

        @Override
        public void answer(ReplyStatus status, byte @Nullable [] message) {
            answer.complete(message == null ? status.toString() : new String(message, UTF_8));
        }

        @Override
        public void open(ReplyStatus status) {}

        @Override
        public OfferResult offer(Event event) {
            return OfferResult.ACCEPTED;
        }

        @Override
        public void end() {}

        @Override
        public void onDisconnect(Runnable action) {}
    }
}
