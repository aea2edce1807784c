package io.breakwater.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SampleDatabaseTest {
    private static final List<String> PROGRESS = new ArrayList<>();
    private static final SampleDatabase DATABASE =
            SampleDatabase.start((done, all, next) -> PROGRESS.add(done + "/" + all));

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @Test
    void holdsAboutAHundredThousandRowsTheSameEachTime() throws SQLException {
        assertThat(value(DATABASE.databaseUrl(), """
                SELECT (SELECT count(*) FROM categories) + (SELECT count(*) FROM products)
                     + (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders)
                     + (SELECT count(*) FROM order_items) + (SELECT count(*) FROM reviews)""")).isEqualTo("101612");
        assertThat(value(DATABASE.databaseUrl(), "SELECT sum(revenue) FROM monthly_sales"))
                .isEqualTo("5331778.84");
    }

    @Test
    void letsTheReaderReadAndNothingElse() {
        assertThatThrownBy(() -> value(DATABASE.databaseUrl(), "UPDATE products SET stock = 0 RETURNING 1"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> value(DATABASE.databaseUrl(), "CREATE TEMP TABLE t AS SELECT 1"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void letsTheStoreMakeItsOwnSchemaAndNotReadTheShop() throws SQLException {
        assertThat(value(DATABASE.storeUrl(), "SELECT has_database_privilege(current_database(), 'CREATE')"))
                .isEqualTo("t");
        assertThatThrownBy(() -> value(DATABASE.storeUrl(), "SELECT count(*) FROM shop.products"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void tellsHowFarItIs() {
        assertThat(PROGRESS).startsWith("0/8", "1/8").endsWith("8/8").hasSize(9);
    }

    private static String value(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc(url));
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static String jdbc(String url) {
        return url.replaceFirst("^postgresql://([^@]+)@(.*)$", "jdbc:postgresql://$2?user=$1");
    }
}
