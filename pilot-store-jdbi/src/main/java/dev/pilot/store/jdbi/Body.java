package dev.pilot.store.jdbi;

import dev.pilot.wire.WireCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;

/** Records as the {@code body} columns hold them: their JSON on the wire. What a newer program added to one is skipped. */
public final class Body {
    private Body() {}

    /**
     * To a column.
     *
     * @param record an api record
     * @return its JSON
     */
    public static String of(Record record) {
        return WireCodec.writeText(record);
    }

    /**
     * From the column {@code body}.
     *
     * @param <T> the record's type
     * @param type the record's type
     * @return makes a record of a row
     */
    public static <T extends Record> RowMapper<T> mapper(Class<T> type) {
        return (row, context) -> read(row, type);
    }

    /**
     * From the column {@code body}.
     *
     * @param <T> the record's type
     * @param row the row
     * @param type the record's type
     * @return the record
     * @throws SQLException if the row has no such column
     */
    public static <T extends Record> T read(ResultSet row, Class<T> type) throws SQLException {
        return WireCodec.readLenient(row.getString("body"), type);
    }
}
