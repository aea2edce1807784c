package io.breakwater.core.presentation.interceptor;

import static io.breakwater.core.presentation.interceptor.LimitedServers.HOME;
import static io.breakwater.core.presentation.interceptor.LimitedServers.unlimited;
import static io.breakwater.core.presentation.protocol.QuotedJson.items;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.contract.ScriptedDatabase;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.memory.MemoryQuotaStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.settings.QuerySettings;
import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.QuotaSettings;
import java.util.List;

/** Servers with quotas and tools, which may share a store. On their clock it is noon. */
final class ServersWithQuotas implements AutoCloseable {
    final LimitedServers limited = new LimitedServers();
    final MemoryQuotaStore store = new MemoryQuotaStore(new SimulatedLink());
    final ScriptedDatabase database = new ScriptedDatabase(AccessMode.READ_ONLY);

    record Confirmation(boolean sure) {}

    static QuotaSettings principal(QuotaLimits limits) {
        return QuotaSettings.OFF.withPrincipal(limits).withTimeout(Eventually.LIMIT);
    }

    static QuotaSettings tenant(QuotaLimits limits) {
        return QuotaSettings.OFF.withTenant(limits).withTimeout(Eventually.LIMIT);
    }

    BreakwaterBuilder builder(QuotaSettings quotas) {
        return builder(limited, quotas);
    }

    BreakwaterBuilder builder(LimitedServers servers, QuotaSettings quotas) {
        return servers.builder(unlimited())
                .quotas(quotas)
                .pack(new BuiltInPack.SystemInfo(null))
                .pack(new BuiltInPack.Batch())
                .pack(new BuiltInPack.Database(database, database, QuerySettings.standard()))
                .resource(Resource.of("note://one").name("note").text(() -> "text"))
                .tool(SampleTools.saying(
                        "ask",
                        call -> ""
                                + call.elicit("sure", "Really?", Confirmation.class)
                                        .sure()));
    }

    /** Starts a server without a store. */
    Breakwater start(QuotaSettings quotas) {
        return limited.start(builder(quotas));
    }

    /** Starts a server with the store. */
    Breakwater sharing(QuotaSettings quotas) {
        return limited.start(builder(quotas).quotaStore(store));
    }

    static ModernRequests user(Breakwater server, String user) {
        return ModernRequests.from(server, HOME, "user", user);
    }

    static ModernRequests user(Breakwater server, String user, String tenant) {
        return ModernRequests.from(server, HOME, "user", user, "tenant", tenant);
    }

    static RecordedReply query(ModernRequests caller, String sql) {
        return caller.ask("tools/call", "{'name':'execute_query','arguments':{'query':'" + sql + "'}}");
    }

    /** Returns the quotas that the caller sees. */
    static List<Json> quotas(ModernRequests caller) {
        return items(caller.call("get_metrics").result().object("structuredContent"), "quotas");
    }

    static String message(RecordedReply reply) {
        return String.valueOf(reply.error().text("message"));
    }

    @Override
    public void close() {
        limited.close();
    }
}
