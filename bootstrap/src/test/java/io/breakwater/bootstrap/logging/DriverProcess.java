package io.breakwater.bootstrap.logging;

import io.breakwater.bootstrap.config.LogSettings;
import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.server.interceptor.RequestLogging;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A process that logs as PostgreSQL's JDBC driver does. */
final class DriverProcess {
    private DriverProcess() {}

    public static void main(String[] args) {
        Slf4jProvider.choose();
        var settings =
                new LogSettings(LogSettings.Level.INFO, LogSettings.Format.JSON, null, null, RequestLogging.ERRORS);
        var logging = Logging.begin(settings, System.err, Terminal.NONE);
        var driver = Logger.getLogger("org.postgresql.example");
        driver.log(Level.INFO, "Connected");
        driver.log(Level.SEVERE, "The certificate of {0} names\nanother host", "db");
        logging.close();
    }
}
