package dev.pilot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSchemaTest {
    private final PostgresStoreProvider provider = new PostgresStoreProvider();

    @Test
    void whatIsSaidOfADatabaseIsWhatOpeningItComesTo(@TempDir Path directory) throws SQLException {
        String url = PostgresServer.url(directory);
        StoreConfig config = new StoreConfig(url, directory, Clock.systemUTC());
        provider.open(config).close();
        StoreState made = provider.inspect(config);
        assertThat(made.pending()).isZero();
        assertThat(made.fault()).isNull();
        assertThat(made.letsIn()).isFalse();

        sql(
                url,
                "insert into token (id, hash, name, made_by, expires_at, created_at, body) "
                        + "values ('tok_1', 'h', 'ci', 'admin', 1, 0, '{}')");
        assertThat(provider.inspect(config).letsIn()).as("it is over").isFalse();
        sql(url, "update token set expires_at = null");
        assertThat(provider.inspect(config).letsIn()).isTrue();

        // Taken back, since other tests use this database again.
        sql(url, "update schema_history set checksum = checksum + 1 where version = '1'");
        try {
            assertThat(provider.inspect(config).fault()).contains("checksum");
            assertThatThrownBy(() -> provider.open(config))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("another Pilot");
        } finally {
            sql(url, "update schema_history set checksum = checksum - 1 where version = '1'");
        }
    }

    private static void sql(String url, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeUpdate(statement)).isPositive();
        }
    }
}
