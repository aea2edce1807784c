package io.breakwater.core.business.database;

import io.breakwater.port.CallScope;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.List;
import java.util.Optional;

/** What a database holds, asked for each time. The methods block and raise {@link io.breakwater.port.Failure}. */
public interface Tables {

    /** All tables that may be read, by schema and name. */
    List<TableName> list(CallScope scope);

    /** One table, by its name as SQL would write it; empty when there is none that may be read. */
    Optional<Table> find(String name, CallScope scope);
}
