package dev.pilot.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreView;
import dev.pilot.store.jdbi.store.StoreTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is SQLite's own: one hub per file, schemas of other versions, full disks, files that are none. */
class SqliteStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    Path data;

    @Test
    void aSecondHubOnTheSameDirectoryIsRefusedUntilTheFirstHasEnded() {
        try (ProjectStore first = Stores.open(data)) {
            isUnavailable("data-directory-in-use", () -> Stores.open(data));
            create(first, "prj_1");
        }
        try (ProjectStore next = Stores.open(data)) {
            assertThat(isThere(next, "prj_1")).isTrue();
        }
    }

    @Test
    void aSchemaOfANewerProgramIsLeftAlone() throws SQLException {
        Stores.open(data).close();
        sql("""
                insert into schema_history (installed_rank, version, description, type, script, checksum,
                                            installed_by, execution_time, success)
                values (99, '99', 'future', 'SQL', 'V99__future.sql', 1, 'x', 1, 1)
                """);

        isUnavailable("store-too-new", () -> Stores.open(data));
        isUnavailable("store-too-new", () -> Stores.open(data)); // the refusal let go of the lock

        sql("delete from schema_history where version = '99'");
        Stores.open(data).close();
    }

    @Test
    void aMigrationThatWasChangedAfterwardsIsSaid() throws SQLException {
        Stores.open(data).close();
        sql("update schema_history set checksum = 7 where version = '1'");

        isUnavailable("store-altered", () -> Stores.open(data));
    }

    @Test
    void aFullDiskFailsWhatDoesNotFitAndNothingElse() {
        int kept = 0;
        try (ProjectStore store = SqliteStore.open(config(), SqliteStoreTest::withLittleRoom)) {
            while (true) {
                try {
                    create(store, "prj_" + kept);
                    kept++;
                } catch (Unavailable full) {
                    assertThat(full.code()).isEqualTo("disk-full");
                    break;
                }
            }
            isUnavailable("disk-full", () -> append(store, 1_000));
            assertThat(isThere(store, "prj_0")).isTrue(); // what is there can still be read
        }
        try (ProjectStore withRoom = Stores.open(data)) {
            assertThat(withRoom.read((StoreView view) -> view.projects().order()))
                    .hasSize(kept);
            assertThat(withRoom.<Long>read(view -> view.events().last())).isZero();
            create(withRoom, "prj_more");
        }
    }

    /** The engine's own limit stands for the disk's. */
    private static SqliteConnection withLittleRoom(SqliteFile file, StoreTime time) {
        SqliteConnection connection = SqliteConnection.writing(file, time);
        connection.handle().execute("pragma max_page_count = 100");
        return connection;
    }

    /** A gap before the first event would look as if events had been pruned. */
    @Test
    void whatFailsTakesNoPositions() {
        try (ProjectStore store = Stores.open(data)) {
            assertThatThrownBy(() -> store.write("fails", unit -> {
                        unit.events().append(events(5));
                        throw new NotFound("test", "x");
                    }))
                    .isInstanceOf(NotFound.class);

            append(store, 1);

            assertThat(store.<Long>read(view -> view.events().oldest())).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsSaidAndKept() throws IOException {
        Path file = Stores.database(data);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not a database, but longer than the header of one would be: ".repeat(50));

        isUnavailable("store-corrupt", () -> Stores.open(data));

        assertThat(file).content().startsWith("not a database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":memory:", "file:x?mode=memory", "x.db?cache=shared", "\0"})
    void aUrlThatNamesNoPlainFileIsRefused(String name) {
        StoreConfig config = new StoreConfig("jdbc:sqlite:" + name, data, Clock.systemUTC());

        assertThatThrownBy(() -> SqliteStore.open(config)).isInstanceOf(InvalidInput.class);
        assertThat(data).isEmptyDirectory();
    }

    private StoreConfig config() {
        return new StoreConfig("jdbc:sqlite:" + Stores.database(data), data, Clock.systemUTC());
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + Stores.database(data));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void isUnavailable(String code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static void create(ProjectStore store, String id) {
        Project project = Project.builder()
                .id(new ProjectId(id))
                .name(id)
                .notes("x".repeat(2_000))
                .createdAt(NOW)
                .updatedAt(NOW)
                .build();
        store.write("create", unit -> {
            unit.projects().create(project);
            return project;
        });
    }

    private static boolean isThere(ProjectStore store, String id) {
        return store.read(view -> view.projects().find(new ProjectId(id)).isPresent());
    }

    private static void append(ProjectStore store, int count) {
        store.write("append", unit -> unit.events().append(events(count)));
    }

    private static List<NewEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewEvent.builder(new Subject("test", "disk"))
                        .id(new EventId("evt_" + i))
                        .message("x".repeat(1_000))
                        .build())
                .toList();
    }
}
