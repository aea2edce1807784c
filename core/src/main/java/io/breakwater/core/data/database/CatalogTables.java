package io.breakwater.core.data.database;

import io.breakwater.core.business.database.TableReader;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.List;
import java.util.Optional;

/** Tables out of a database's catalogue. */
public final class CatalogTables implements TableReader {
    private final TableCatalog catalog;

    /** Out of this one. */
    public CatalogTables(TableCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<TableName> list(CallContext scope) {
        return catalog.tables(scope);
    }

    @Override
    public Optional<Table> find(String name, CallContext scope) {
        return catalog.table(name, scope);
    }
}
