package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.Database;
import io.breakwater.core.business.database.TableDirectory;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The pack {@code database}: SQL under a guard, and what is needed to write it. */
public final class DatabasePack implements Pack {
    static final String EXECUTE = "execute_query";

    /** What kept results are tagged with that come from this database. */
    static final String TAG = "database";

    private final Database database;
    private final TableDirectory tables;
    private final SchemaResources schemas;

    /** Over that database and its tables. */
    public DatabasePack(Database database, TableDirectory tables) {
        this.database = database;
        this.tables = tables;
        this.schemas = new SchemaResources(tables);
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public List<Tool> tools() {
        return List.of(executeQuery(), batchOperations(), explainQuery(), listTables(), getTableSchema());
    }

    private Tool executeQuery() {
        var draft = Tool.named(EXECUTE)
                .title("Run SQL")
                .description(DatabaseDescriptions.execute(database.mode(), database.limits()))
                .input(ExecuteQueryArguments.class)
                .output(QueryResult.class);
        return running(draft, QueryResult::changed)
                .handler((arguments, call) -> QueryResult.of(database.execute(
                        arguments.statement(),
                        arguments.cursor(),
                        call.principal().id(),
                        call.context())));
    }

    private Tool batchOperations() {
        var draft = Tool.named("batch_operations")
                .title("Run several SQL statements")
                .description(DatabaseDescriptions.batch(database.mode()))
                .input(BatchOperationsArguments.class)
                .output(BatchOperationsArguments.Result.class);
        return running(draft, BatchOperationsArguments.Result::changed)
                .handler((arguments, call) -> BatchOperationsArguments.Result.of(database.executeAll(
                        arguments.statements(), call.principal().id(), call.context())));
    }

    /**
     * What every tool has that runs statements: hints that tell the truth about the access mode, and where it allows
     * changes, one that was made, or may have been, takes back whatever was kept of this database.
     */
    private <A, R> Tool.Builder<A, R> running(Tool.Builder<A, R> draft, Predicate<R> changed) {
        var hinted = draft.openWorld(false);
        return database.mode() == AccessMode.READ_ONLY
                ? hinted.readOnly().idempotent()
                : hinted.destructive().invalidates((arguments, result) -> tags(result == null || changed.test(result)));
    }

    private static Set<String> tags(boolean changed) {
        return changed ? Set.of(TAG) : Set.of();
    }

    private Tool explainQuery() {
        return reading(Tool.named("explain_query")
                        .title("Explain a query")
                        .description(
                                "Shows how PostgreSQL would run a query, without running it: what it is expected to"
                                        + " cost, how many rows, and the whole plan. Use it when a query is slow, or was refused"
                                        + " as too expensive.")
                        .input(StatementArguments.class)
                        .output(ExplainQueryResult.class))
                .handler((arguments, call) ->
                        ExplainQueryResult.of(database.explain(arguments.statement(), call.context())));
    }

    private Tool listTables() {
        return reading(Tool.named("list_tables")
                        .title("List tables")
                        .description(
                                "Names the tables and views of the database that may be read, with their kind, size"
                                        + " and comment. Start here."
                                        + DatabaseDescriptions.DATA)
                        .input(ListTablesResult.Arguments.class)
                        .output(ListTablesResult.class))
                .handler((arguments, call) -> ListTablesResult.of(tables.list(call.context()), arguments.matching()));
    }

    private Tool getTableSchema() {
        return reading(Tool.named("get_table_schema")
                        .title("Describe a table")
                        .description("Describes one table or view: columns with types, nullability and defaults, keys,"
                                + " indexes, constraints and comments. Look here before you write a query."
                                + DatabaseDescriptions.DATA)
                        .input(TableSchemaResult.Arguments.class)
                        .output(TableSchemaResult.class))
                .handler((arguments, call) -> TableSchemaResult.of(tables.find(arguments.tableName(), call.context())));
    }

    private static <A, R> Tool.Builder<A, R> reading(Tool.Builder<A, R> draft) {
        return draft.readOnly().idempotent().openWorld(false);
    }

    @Override
    public List<Resource> resources() {
        return List.of(schemas.all());
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(schemas.each());
    }

    @Override
    public List<Prompt> prompts() {
        return new DatabasePrompts(database, schemas).all();
    }
}
