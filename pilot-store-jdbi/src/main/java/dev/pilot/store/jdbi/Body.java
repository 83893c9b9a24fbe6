package dev.pilot.store.jdbi;

import dev.pilot.wire.WireCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Records as the {@code body} columns hold them: their JSON on the wire. What a newer program added to one is skipped. What was written or
 * read lately is remembered by its text: a run is read again with each step that it makes, mostly as this program wrote it, and records
 * don't change.
 */
public final class Body {
    /** Longer ones are rare, and would keep much memory busy. */
    private static final int LONGEST = 8_192;
    /** So many characters hold the name of the first field and an id. */
    private static final int BEGINNING = 48;
    /** A power of two. */
    private static final int REMEMBERED = 2_048;

    private static final AtomicReferenceArray<@Nullable Known> KNOWN = new AtomicReferenceArray<>(REMEMBERED);

    private Body() {}

    private record Known(String text, Record record) {}

    /**
     * To a column.
     *
     * @param record an api record
     * @return its JSON
     */
    public static String of(Record record) {
        String text = WireCodec.writeText(record);
        remember(text, record);
        return text;
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
        String text = row.getString("body");
        Known known = KNOWN.get(place(text));
        if (known != null && known.text().equals(text) && type.isInstance(known.record())) {
            return type.cast(known.record());
        }
        T record = WireCodec.readLenient(text, type);
        remember(text, record);
        return record;
    }

    private static void remember(String text, Record record) {
        if (text.length() <= LONGEST) {
            KNOWN.set(place(text), new Known(text, record));
        }
    }

    /** By the beginning, where the id is: so a record's newest text takes the place of the one before, and no text is read whole for it. */
    private static int place(String text) {
        int hash = 0;
        for (int i = 0, end = Math.min(text.length(), BEGINNING); i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return (hash ^ hash >>> 16) & REMEMBERED - 1;
    }
}
