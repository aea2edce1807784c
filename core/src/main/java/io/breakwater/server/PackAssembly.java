package io.breakwater.server;

import io.breakwater.core.business.authentication.LoginPorts;
import io.breakwater.core.business.authentication.PasswordLogin;
import io.breakwater.core.business.database.CostGuard;
import io.breakwater.core.business.database.Database;
import io.breakwater.core.business.database.TableDirectory;
import io.breakwater.core.business.documents.BatchLoader;
import io.breakwater.core.business.documents.Documents;
import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.orders.Orders;
import io.breakwater.core.business.processing.DataProcessing;
import io.breakwater.core.business.services.ServiceCalls;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.business.users.Users;
import io.breakwater.core.data.authentication.FailureCounters;
import io.breakwater.core.data.authentication.FailureLimit;
import io.breakwater.core.data.processing.BoundedSchemaCheck;
import io.breakwater.core.data.processing.JsonataTransformer;
import io.breakwater.core.data.processing.TransformLimits;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.tool.admin.AdminOperations;
import io.breakwater.core.presentation.tool.admin.AdminPack;
import io.breakwater.core.presentation.tool.auth.AuthPack;
import io.breakwater.core.presentation.tool.batch.BatchCalls;
import io.breakwater.core.presentation.tool.batch.BatchPack;
import io.breakwater.core.presentation.tool.data.DataPack;
import io.breakwater.core.presentation.tool.data.DocumentPack;
import io.breakwater.core.presentation.tool.database.DatabasePack;
import io.breakwater.core.presentation.tool.database.SealedCursors;
import io.breakwater.core.presentation.tool.orders.OrderLog;
import io.breakwater.core.presentation.tool.orders.OrderRecoveryLoop;
import io.breakwater.core.presentation.tool.orders.OrdersPack;
import io.breakwater.core.presentation.tool.services.ServicesPack;
import io.breakwater.core.presentation.tool.system.SystemPack;
import io.breakwater.core.presentation.tool.users.UsersPack;
import io.breakwater.core.validation.SchemaLimits;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.port.driven.Services;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QuerySettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Creates the built-in packs and connects their components. */
final class PackAssembly {
    private static final int MAX_LOGIN_SOURCES = 10_000;
    private static final FailureLimit FAILED_LOGINS_PER_ADDRESS =
            new FailureLimit(20, Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofMinutes(15));
    private static final FailureLimit FAILED_LOGINS_IN_TOTAL =
            new FailureLimit(1_000, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final BreakwaterBuilder builder;
    private final ServerExecutors executors;
    private final ServerMetrics metrics;
    private final Health health;
    private final Sealer sealer;
    private final CatalogAccess catalog;
    private final BatchCalls batches;
    private final QuotaAssembly quotas;
    private final Consumer<String> onUpdate;
    private final Function<BuiltInPack.Administration, AdminOperations> admin;

    /**
     * Creates the assembly.
     *
     * @param batches prepares the items of batches
     * @param quotas what callers may use in a day
     * @param onUpdate receives the URIs of resources that change
     * @param admin connects the administration
     */
    PackAssembly(
            BreakwaterBuilder builder,
            ServerExecutors executors,
            ServerMetrics metrics,
            Health health,
            Sealer sealer,
            CatalogAccess catalog,
            BatchCalls batches,
            QuotaAssembly quotas,
            Consumer<String> onUpdate,
            Function<BuiltInPack.Administration, AdminOperations> admin) {
        this.builder = builder;
        this.executors = executors;
        this.metrics = metrics;
        this.health = health;
        this.sealer = sealer;
        this.catalog = catalog;
        this.batches = batches;
        this.quotas = quotas;
        this.onUpdate = onUpdate;
        this.admin = admin;
    }

    private String deployment() {
        return builder.deployment == null ? builder.name : builder.deployment;
    }

    /** Creates a pack. */
    Pack create(BuiltInPack pack) {
        return switch (pack) {
            case BuiltInPack.ProcessData(var limits) -> dataPack(limits);
            case BuiltInPack.Documents(var store, var settings) -> documentPack(store, settings);
            case BuiltInPack.Users(var store) -> new UsersPack(new Users(store, builder.limits.pageSize()), sealer);
            case BuiltInPack.Orders(var services, var store, var settings) -> ordersPack(services, store, settings);
            case BuiltInPack.Database(var gateway, var tables, var settings) -> databasePack(gateway, tables, settings);
            case BuiltInPack.Auth auth -> authPack(auth);
            case BuiltInPack.Administration administration ->
                new AdminPack(
                        admin.apply(administration),
                        deployment(),
                        batches.runtime().processId());
            case BuiltInPack.Batch batch -> new BatchPack(batches, List.of());
            case BuiltInPack.HttpServices(var services) ->
                new ServicesPack(
                        new ServiceCalls(services, executors.clock()),
                        catalog,
                        batches,
                        builder.limits.maxResultBytes());
            case BuiltInPack.SystemInfo(var configuration) ->
                new SystemPack(
                        health,
                        metrics,
                        quotas::usage,
                        call -> catalog.view(call.principal())::mayKnowTool,
                        configuration);
        };
    }

    /** Failed logins have budgets of their own, so that they do not lock out callers with API keys or tokens. */
    private Pack authPack(BuiltInPack.Auth auth) {
        var ports = new LoginPorts(auth.accounts(), auth.failures(), auth.hasher(), auth.tokens());
        var addresses =
                new FailureCounters(MAX_LOGIN_SOURCES, FAILED_LOGINS_PER_ADDRESS, FAILED_LOGINS_IN_TOTAL, executors);
        return new AuthPack(new PasswordLogin(ports, addresses, auth.tokenLifetime(), executors.clock()));
    }

    private Pack dataPack(ProcessingLimits limits) {
        var processing = new DataProcessing(
                new JsonataTransformer(TransformLimits.forDocumentsOf(limits.maxDataBytes()), executors::nanoTime),
                new BoundedSchemaCheck(SchemaLimits.defaults()),
                executors.clock(),
                limits);
        return new DataPack(processing, builder.cacheSettings.ttl(), builder.environment);
    }

    private Pack documentPack(DocumentStore store, DocumentSettings settings) {
        var loads = new BatchLoader(store, settings, executors.virtualThreads(), executors::schedule);
        return new DocumentPack(new Documents(store, loads), builder.cacheSettings.ttl(), onUpdate);
    }

    private Pack ordersPack(Services services, OrderStore store, OrderSettings settings) {
        var log = new OrderLog();
        log.bindTo(metrics);
        var orders = new Orders(services, store, settings, log, executors::nanoTime);
        OrderRecoveryLoop.start(orders.recovery(), executors);
        return new OrdersPack(orders);
    }

    private Pack databasePack(SqlGateway gateway, TableCatalog tables, QuerySettings settings) {
        var limits = settings.limits();
        var costs = new CostGuard(settings.costs());
        var cursors = new SealedCursors(sealer, limits.cursorTtl());
        return new DatabasePack(
                new Database(gateway, limits, costs, cursors),
                new TableDirectory(tables, executors::nanoTime),
                catalog,
                quotas::statements);
    }
}
