package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Json;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import java.util.concurrent.atomic.AtomicLong;

/** A session of an era that begins with {@code initialize}, one message at a time, over HTTP. */
public final class LegacyRequests {
    private final RawRequests raw;
    private final String session;
    private final AtomicLong ids = new AtomicLong();

    private LegacyRequests(RawRequests raw, String session) {
        this.raw = raw;
        this.session = session;
    }

    /** {@code initialize}, asking for that revision and able to do all this. */
    public static RecordedReply initialize(RawRequests raw, String revision, String capabilities) {
        var params = Json.object()
                .put("protocolVersion", revision)
                .put("capabilities", QuotedJson.json(capabilities))
                .put("clientInfo", QuotedJson.json("{'name':'test','version':'1'}"));
        return raw.post(MessageWriter.request(new RequestId("\"init\""), "initialize", params.build()));
    }

    /** A session that has begun. */
    public static LegacyRequests begun(Breakwater server, String revision, String capabilities) {
        var raw = RawRequests.http(server);
        var reply = initialize(raw, revision, capabilities).awaitEnd();
        if (!(reply.status() instanceof ReplyStatus.Result(String id)) || id == null) {
            throw new AssertionError("no session: " + reply.status());
        }
        var client = new LegacyRequests(raw, id);
        client.tell("notifications/initialized", "{}");
        return client;
    }

    /** A session of 2025-11-25 whose client can be asked anything. */
    public static LegacyRequests begun(Breakwater server) {
        return begun(server, "2025-11-25", "{'elicitation':{},'sampling':{},'roots':{}}");
    }

    /** The session's id. */
    public String session() {
        return session;
    }

    /** A request. */
    public RecordedReply ask(String method, String params) {
        return post(MessageWriter.request(RequestId.of(ids.incrementAndGet()), method, QuotedJson.json(params)));
    }

    /** Calls a tool without arguments. */
    public RecordedReply call(String tool) {
        return ask("tools/call", "{'name':'" + tool + "'}");
    }

    /** The id of the last request. */
    public long lastId() {
        return ids.get();
    }

    /** A notification. */
    public RecordedReply tell(String method, String params) {
        return post(MessageWriter.notification(method, QuotedJson.json(params)));
    }

    /** Answers a request of the server. */
    public RecordedReply answer(Json.Obj request, String result) {
        return post(MessageWriter.result(id(request), QuotedJson.json(result)));
    }

    /** Answers a request of the server with an error. */
    public RecordedReply refuse(Json.Obj request, String message) {
        return post(MessageWriter.error(id(request), -1, message, null));
    }

    private static RequestId id(Json.Obj request) {
        if (!(request.get("id") instanceof Json.Decimal(var number))) {
            throw new AssertionError("no request: " + request);
        }
        return RequestId.of(number.longValueExact());
    }

    /** Any bytes. */
    public RecordedReply post(byte[] body) {
        return raw.post(body, "Mcp-Session-Id", session);
    }

    /** Any bytes that are counted there, reading in that manner. */
    public RecordedReply post(RecordedReply reply, MemoryLease memory, byte[] body) {
        return raw.post(reply, memory, body, "Mcp-Session-Id", session);
    }

    /** Listens to what is said outside any call. */
    public RecordedReply listen() {
        return raw.get("Mcp-Session-Id", session);
    }

    /** Goes on after that event. */
    public RecordedReply resume(String lastEvent) {
        return resume(lastEvent, new RecordedReply());
    }

    /** Goes on after that event, reading in that manner. */
    public RecordedReply resume(String lastEvent, RecordedReply reply) {
        return raw.get(reply, "Mcp-Session-Id", session, "Last-Event-ID", lastEvent);
    }

    /** Ends the session. */
    public RecordedReply end() {
        return raw.delete("Mcp-Session-Id", session);
    }
}
