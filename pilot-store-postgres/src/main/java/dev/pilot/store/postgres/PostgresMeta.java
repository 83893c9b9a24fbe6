package dev.pilot.store.postgres;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.StoreInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What a database says of itself: the names of the hub's data and of its event log, made with its schema. */
final class PostgresMeta {
    private PostgresMeta() {}

    static StoreInfo read(DataSource source, PostgresUrl url) {
        try (Connection connection = source.getConnection()) {
            String hubId = get(connection, "hub.id");
            String epoch = get(connection, "epoch");
            String version = connection.getMetaData().getDatabaseProductVersion();
            connection.rollback();
            return new StoreInfo("postgres", version, url.location(), hubId, epoch);
        } catch (SQLException e) {
            throw PostgresErrors.unavailable(e, e);
        }
    }

    private static String get(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select value from meta where name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return row.getString(1);
                }
            }
        }
        throw new Unavailable("store-corrupt", "The table meta has no " + name + ": restore a backup.", null);
    }
}
