package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.List;
import java.util.Optional;

/** What a database holds, asked for each time. The methods block and raise {@link io.breakwater.port.PortException}. */
public interface TableReader {

    /** All tables that may be read, by schema and name. */
    List<TableName> list(CallContext scope);

    /** One table, by its name as SQL would write it; empty when there is none that may be read. */
    Optional<Table> find(String name, CallContext scope);
}
