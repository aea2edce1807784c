package io.breakwater.bootstrap.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SigningKey;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/**
 * Loads a server with good and forged credentials: {@code CredentialLoad PORT AUDIENCE}. It is also the issuer of the
 * tokens: it prints {@code issuer=URL}, and then executes one command in each line of standard input, with one line of
 * output each.
 *
 * <ul>
 *   <li>{@code secret}: prints the secret of the tokens that are signed with one
 *   <li>{@code distinct KIND FROM TO}: one request for each number, as fast as the server answers
 *   <li>{@code addresses FROM TO}: one request with a wrong API key for each number, each from another address
 *   <li>{@code flood GOOD-RATE KIND RATE WARM-SECONDS SECONDS FIRST}: good calls beside requests of that kind
 * </ul>
 */
public final class CredentialLoad {
    private final CredentialRequests requests;
    private final String secret;
    private final byte[] good;

    private CredentialLoad(CredentialRequests requests, String secret) {
        this.requests = requests;
        this.secret = secret;
        this.good = requests.request(CredentialKind.VALID, 0);
    }

    /** Executes commands until the end of standard input. */
    public static void main(String[] arguments) throws Exception {
        var key = SigningKey.generate("key-of-the-load", CredentialKind.ALGORITHM);
        var secret = ApiKeyFormat.generate().secret();
        try (var provider = OpenIdProvider.start(key)) {
            var source = new CredentialKind.Source(
                    provider, key, SigningKey.secret("shared", secret.getBytes(UTF_8)), arguments[1]);
            var load = new CredentialLoad(new CredentialRequests(source, Integer.parseInt(arguments[0])), secret);
            System.out.println("issuer=" + provider.issuer());
            try (var commands = new Scanner(System.in, UTF_8)) {
                while (commands.hasNextLine()) {
                    System.out.println(load.execute(List.of(commands.nextLine().split(" "))));
                }
            }
        }
        System.exit(0); // threads of the provider may still wait for the next request
    }

    private String execute(List<String> words) throws IOException, InterruptedException {
        return switch (words.getFirst()) {
            case "secret" -> secret;
            case "distinct" -> {
                var kind = kind(words.get(1));
                var load = new DistinctLoad(requests.port(), number -> requests.request(kind, number));
                yield load.send(number(words, 2), number(words, 3)).toString();
            }
            case "addresses" -> {
                var request = requests.request(CredentialKind.API_KEY_ID, 0);
                var load = new DistinctLoad(requests.port(), number -> request);
                yield load.sendFromAddresses(number(words, 1), number(words, 2)).toString();
            }
            case "flood" -> flood(words);
            default -> throw new IllegalArgumentException("unknown command " + words);
        };
    }

    private String flood(List<String> words) throws IOException {
        var load = new FloodLoad(requests, good, number(words, 4), number(words, 5));
        return load.run(number(words, 1), kind(words.get(2)), number(words, 3), number(words, 6));
    }

    private static CredentialKind kind(String name) {
        return CredentialKind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }
}
