package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.business.database.SqlName;
import io.breakwater.core.business.database.TableDirectory;
import io.breakwater.core.business.database.WrittenName;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.server.mcp.Call;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The tables that callers of one tool, resource template or prompt may use. SQL has many notations for the name of a
 * table, and the call was decided for the one that was sent. Once the table is known, it is decided by the names in the
 * notation of {@code list_tables}, with and without the schema: a rule that denies either of them denies the table.
 */
final class TableAccess {
    private static final String RESERVATION = "the server also applies the rules to the table's full name";

    private final TableDirectory tables;
    private final CatalogAccess access;
    private final TargetKind kind;
    private final UnaryOperator<String> target;
    private final String argument;

    private TableAccess(
            TableDirectory tables,
            CatalogAccess access,
            TargetKind kind,
            UnaryOperator<String> target,
            String argument) {
        this.tables = tables;
        this.access = access;
        this.kind = kind;
        this.target = target;
        this.argument = argument;
    }

    /** Returns the access by a tool or a prompt, one of whose arguments is the name of a table. */
    static TableAccess byArgument(
            TableDirectory tables, CatalogAccess access, TargetKind kind, String name, String argument) {
        return new TableAccess(tables, access, kind, table -> name, argument).registered();
    }

    /** Returns the access by resources whose URI ends with the name of a table. */
    static TableAccess byUri(TableDirectory tables, CatalogAccess access, String prefix, String variable) {
        return new TableAccess(tables, access, TargetKind.RESOURCE, prefix::concat, variable).registered();
    }

    private TableAccess registered() {
        access.later().add(this::explain);
        return this;
    }

    /**
     * Explains an access without a database. A name with a schema is that of the table; without one, only the part of the
     * decision is known that is about the name without the schema.
     */
    private AccessExplanation explain(AccessRequest sent, AccessExplanation explanation) {
        var arguments = sent.arguments();
        var name = sent.kind() == kind && arguments != null ? arguments.get().text(argument) : null;
        if (name == null
                || explanation.decision() instanceof AccessDecision.Denied
                || access.control().isOpen()
                || !isAbout(sent.name(), name)) {
            return explanation;
        }
        return WrittenName.parse(name)
                .map(written -> explain(sent, written, explanation))
                .orElseGet(() -> undecided(sent, explanation));
    }

    /** The URI of a resource may have the name in another notation, so it is compared as far as the name. */
    private boolean isAbout(String sent, String name) {
        return kind == TargetKind.RESOURCE ? sent.startsWith(target.apply("")) : sent.equals(target.apply(name));
    }

    private AccessExplanation explain(AccessRequest sent, WrittenName written, AccessExplanation explanation) {
        var bare = request(written.withoutSchema(), sent.principal());
        var other = written.hasSchema() ? request(written.normalized(), sent.principal()) : sent;
        var decision =
                AccessControl.combine(explanation.decision(), access.control().decideEither(other, bare));
        var known = new AccessExplanation(decision, explanation.rules());
        return written.hasSchema() || decision instanceof AccessDecision.Denied ? known : undecided(sent, known);
    }

    /** Says that the name in full may be decided otherwise, if a rule that is about the caller depends on the name. */
    private AccessExplanation undecided(AccessRequest sent, AccessExplanation explanation) {
        boolean depends = access.control().explain(ofAnyTable(sent.principal())).rules().stream()
                .anyMatch(rule -> !rule.caller().equals("no")
                        && !rule.target().equals("no")
                        && (rule.target().equals("possible") || rule.arguments().equals("possible"))
                        && (rule.effect().equals("deny")
                                || explanation.decision().rule().equals("rule \"" + rule.name() + "\"")));
        return depends ? new AccessExplanation(explanation.decision(), explanation.rules(), RESERVATION) : explanation;
    }

    /**
     * Returns one table by its SQL name.
     *
     * @throws io.breakwater.port.PortException if the caller may use no table of this name
     */
    Table find(String name, Call call) {
        return tables.find(name, call.context())
                .filter(table -> admits(table.name(), call))
                .orElseThrow(() -> tables.unknown(name, other -> permits(other, call), call.context()));
    }

    /** Returns the names of tables that match the typed text. */
    List<String> proposals(String typed, Call call) {
        return tables.proposals(typed, table -> permits(table, call), call.context()).stream()
                .map(table -> sentName(table, call))
                .distinct()
                .toList();
    }

    /** Returns the name that the caller may send: with the schema, unless only that without the schema is allowed. */
    private String sentName(TableName table, Call call) {
        var name = SqlName.of(table);
        return access.control().isOpen()
                        || access.control().decide(request(name, call)) instanceof AccessDecision.Allowed
                ? name
                : SqlName.withoutSchema(table);
    }

    private AccessRequest ofAnyTable(Principal principal) {
        return kind == TargetKind.RESOURCE
                ? new AccessRequest(
                        principal,
                        TargetKind.RESOURCE_TEMPLATE,
                        target.apply("{" + argument + "}"),
                        AccessRequirements.NONE,
                        null)
                : new AccessRequest(principal, kind, target.apply(""), AccessRequirements.NONE, null);
    }

    private boolean admits(TableName table, Call call) {
        if (access.control().isOpen()) {
            return true;
        }
        var decision = decide(table, call);
        if (decision instanceof AccessDecision.Allowed) {
            return true;
        }
        var name = target.apply(SqlName.of(table));
        access.refused().add(call.requestId(), call.principal(), kind.word(), name, decision);
        return false;
    }

    private boolean permits(TableName table, Call call) {
        return access.control().isOpen() || decide(table, call) instanceof AccessDecision.Allowed;
    }

    private AccessDecision decide(TableName table, Call call) {
        return access.control()
                .decideEither(request(SqlName.of(table), call), request(SqlName.withoutSchema(table), call));
    }

    /** The requirements of the definition were met when the call was decided. */
    private AccessRequest request(String table, Call call) {
        return request(table, call.principal());
    }

    private AccessRequest request(String table, Principal principal) {
        var arguments = Json.object().put(argument, table).build();
        return new AccessRequest(principal, kind, target.apply(table), AccessRequirements.NONE, () -> arguments);
    }
}
