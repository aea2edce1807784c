package io.breakwater.bootstrap.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Scanner;

/**
 * Calls a server with a different key each time: {@code KeyLoad PORT} prints {@code ready}, and executes one command in
 * each line of standard input, with one line of output each. {@code distinct KIND FROM TO} makes one call for each number,
 * as fast as the server answers.
 */
public final class KeyLoad {
    private KeyLoad() {}

    /** Executes commands until the end of standard input. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        var call = new CallRequest(port);
        System.out.println("ready");
        try (var commands = new Scanner(System.in, UTF_8)) {
            while (commands.hasNext("distinct")) {
                commands.next();
                var kind = DistinctKind.valueOf(commands.next().toUpperCase(Locale.ROOT));
                var load = new DistinctLoad(port, number -> kind.request(call, number));
                System.out.println(load.send(commands.nextLong(), commands.nextLong()));
            }
        }
    }
}
