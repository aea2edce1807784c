package io.breakwater.core.data.database;

import io.breakwater.core.business.database.TableReader;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.List;
import java.util.Optional;

/** The tables in the catalog of a database. */
public final class CatalogTables implements TableReader {
    private final TableCatalog catalog;

    /** Uses this catalog. */
    public CatalogTables(TableCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<TableName> list(CallContext context) {
        return catalog.tables(context);
    }

    @Override
    public Optional<Table> find(String name, CallContext context) {
        return catalog.table(name, context);
    }
}
