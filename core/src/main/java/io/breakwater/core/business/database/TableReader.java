package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Reads the tables of a database at each call. The methods block and throw {@link io.breakwater.port.PortException}.
 */
public interface TableReader {

    /** Returns all readable tables, sorted by schema and name. */
    List<TableName> list(CallContext context);

    /** Returns one table by its SQL name; empty if there is no readable table of this name. */
    Optional<Table> find(String name, CallContext context);
}
