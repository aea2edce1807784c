package io.breakwater.bootstrap.endtoend;

import io.breakwater.bootstrap.apikey.ApiKeysEditor;
import io.breakwater.bootstrap.apikey.IssuedKey;
import io.breakwater.bootstrap.apikey.KeyRights;
import io.breakwater.bootstrap.apikey.NewKey;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that others wrote signs in, in each way and in each era: it gets no information but the URL. */
@Tag("npm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
    private static final String PASSWORD = "correct horse battery staple";

    private static final KeyRights RIGHTS =
            new KeyRights(List.of(), List.of(GuardedServer.SCOPE, GuardedServer.FURTHER_SCOPE), "");

    private final OpenIdProvider provider = OpenIdProvider.start(SigningKey.generate("key", "ES256"));
    private final Path keys = Scratch.folder("breakwater-keys").resolve("api_keys.json");
    private final IssuedKey key =
            new ApiKeysEditor(keys, InstantSource.system()).create(new NewKey("robot", RIGHTS, null));
    private NodeClients clients;
    private GuardedServer server;
    private GuardedServer withLogin;

    @BeforeAll
    void start() throws Exception {
        clients = NodeClients.installed();
        provider.addClient("robot", "secret of the robot");
        server = GuardedServer.start(provider, keys);
        withLogin = GuardedServer.startWithLogin(provider, keys);
        withLogin.createAccount("ada", PASSWORD);
    }

    @AfterAll
    void stop() {
        withLogin.close();
        server.close();
        provider.close();
    }

    private void signIn(String era, String way, String url, String... arguments)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(way, url));
        words.addAll(List.of(arguments));
        clients.travel("sign-in", era, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aUserWithAClientThatRegisters(String era) throws Exception {
        signIn(era, "user", server.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aUserWhenAToolRequiresIt(String era) throws Exception {
        signIn(era, "later", withLogin.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aUserWithAClientThatHasAMetadataDocument(String era) throws Exception {
        var document = "https://client.example/metadata.json";
        provider.addClient(document, "", "http://127.0.0.1/callback");
        signIn(era, "document", server.url(), document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aProgramWithClientCredentials(String era) throws Exception {
        signIn(era, "program", server.url(), provider.issuer(), "robot", "secret of the robot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void aProgramWithAnApiKey(String era) throws Exception {
        signIn(era, "key", server.url(), key.parts().reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    void anAccountWithItsPassword(String era) throws Exception {
        signIn(era, "login", withLogin.url(), "ada", PASSWORD);
    }
}
