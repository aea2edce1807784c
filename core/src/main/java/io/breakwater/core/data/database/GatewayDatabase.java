package io.breakwater.core.data.database;

import io.breakwater.core.business.database.GuardedSql;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.Window;
import java.util.List;

/** A database that is used through its gateway. */
public final class GatewayDatabase implements GuardedSql {
    private final SqlGateway gateway;

    /** Uses this gateway. */
    public GatewayDatabase(SqlGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public AccessMode mode() {
        return gateway.mode();
    }

    @Override
    public String identity() {
        return gateway.identity();
    }

    @Override
    public Answer run(Statement statement, Window window, Gate gate, CallContext context) {
        return answer(gateway.execute(statement, window, gate(gate), context));
    }

    @Override
    public List<Answer> runAll(List<Statement> statements, Window window, Gate gate, CallContext context) {
        return gateway.executeAll(statements, window, gate(gate), context).stream()
                .map(GatewayDatabase::answer)
                .toList();
    }

    @Override
    public Json explain(Statement query, CallContext context) {
        return gateway.explain(query, context);
    }

    private static CostGate gate(Gate gate) {
        return gate.equals(Gate.OPEN) ? CostGate.OPEN : gate::admit;
    }

    private static Answer answer(SqlGateway.Answer answer) {
        return switch (answer) {
            case SqlGateway.Rows rows -> new Answer.Selected(rows);
            case SqlGateway.Command command -> new Answer.Done(command);
        };
    }
}
