package dev.pilot.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.User;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordHashingTest {
    private static final PasswordCost CHEAP = new PasswordCost(12, 64, 1, 1, 1, 2);

    @Test
    void aHashHoldsItsCostAndASaltOfItsOwn() {
        PasswordHashing hashing = new PasswordHashing(CHEAP);
        String hash = hashing.hash("correct horse");
        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$").isNotEqualTo(hashing.hash("correct horse"));
        assertThat(hashing.isRight("correct horse", hash)).isTrue();
        assertThat(hashing.isRight("Correct horse", hash)).isFalse();
        assertThat(hashing.isRight("", hash)).isFalse();
        assertThat(hashing.isRight("correct horse", null)).isFalse();
    }

    /** From RFC 9106's reference implementation: argon2id, 64 MiB, 2 passes, 1 lane, "password", salt "somesalt". */
    @Test
    void hashesOfOthersAreUnderstood() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        PasswordHashing hashing = new PasswordHashing(CHEAP);
        assertThat(hashing.isRight("password", reference)).isTrue();
        assertThat(hashing.isRight("Password", reference)).isFalse();
        assertThat(hashing.isCurrent(reference)).isFalse();
    }

    @Test
    void onlySoManyHashesWait() throws Exception {
        PasswordHashing hashing = new PasswordHashing(new PasswordCost(12, 4_096, 6, 1, 1, 2));
        int callers = 12;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<Boolean>> hashes = IntStream.range(0, callers)
                    .mapToObj(i -> threads.submit(() -> {
                        go.await();
                        try {
                            hashing.hash("correct horse");
                            return true;
                        } catch (OverLimit busy) {
                            assertThat(busy.code()).isEqualTo("log-ins-busy");
                            return false;
                        }
                    }))
                    .toList();
            go.countDown();
            int made = 0;
            for (Future<Boolean> hash : hashes) {
                made += hash.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(made).isBetween(1, callers - 1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(hashing.hash("correct horse")).isNotEmpty();
    }

    @Test
    void aHashIsMadeAnewWhenTheCostRises(@TempDir Path directory) {
        LogIn who = new LogIn("anna", "correct horse battery");
        User user;
        try (PilotHub hub = open(directory, CHEAP)) {
            user = hub.users().create(new CreateUser(who.name(), who.password(), Rights.of(Scope.READER)));
        }
        assertThat(hashOf(user, directory)).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        PasswordCost dearer = new PasswordCost(12, 128, 2, 1, 1, 2);
        try (PilotHub hub = open(directory, dearer)) {
            assertThat(hub.door().logIn(who, "here").user()).isEqualTo(user);
        }
        String hash = hashOf(user, directory);
        assertThat(hash).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
        try (PilotHub hub = open(directory, dearer)) {
            assertThat(hub.door().logIn(who, "here").user()).isEqualTo(user);
            assertThatThrownBy(() -> hub.door().logIn(new LogIn("anna", "wrong"), "here"))
                    .isInstanceOf(Unauthenticated.class);
        }
        assertThat(hashOf(user, directory)).isEqualTo(hash);
    }

    private static String hashOf(User user, Path directory) {
        String url = "jdbc:sqlite:" + directory.resolve("control_plane").resolve("pilot.sqlite3");
        try (ProjectStore store = ServiceLoader.load(StoreProvider.class)
                .findFirst()
                .orElseThrow()
                .open(new StoreConfig(url, directory, Clock.systemUTC()))) {
            return store.read(view -> view.users().get(user.id())).passwordHash();
        }
    }

    private static PilotHub open(Path directory, PasswordCost cost) {
        return PilotHub.open(PilotConfig.builder(directory)
                .access(AccessConfig.DEFAULTS.passwords(cost))
                .build());
    }
}
