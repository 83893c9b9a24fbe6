package dev.pilot.store.jdbi.run;

import dev.pilot.api.project.UsageKey;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.UsageEntry;
import dev.pilot.api.store.UsageRecords;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The table {@code usage_total}. */
public final class UsageTable implements UsageRecords {
    private static final List<String> SUMS = List.of(
            "wall_millis",
            "input_tokens",
            "output_tokens",
            "cost_micros",
            "tool_calls",
            "output_bytes",
            "own_input_tokens",
            "own_output_tokens",
            "own_cost_micros",
            "own_tool_calls");
    private static final String KEYS = "day, project_id, agent_id, model, provider";
    private static final String ADD = "insert into usage_total (" + KEYS + ", " + String.join(", ", SUMS)
            + ") values (" + "?, ".repeat(4 + SUMS.size()) + "?) on conflict (" + KEYS + ") do update set "
            + SUMS.stream()
                    .map(sum -> sum + " = usage_total." + sum + " + excluded." + sum)
                    .collect(Collectors.joining(", "));

    private final Handle handle;
    private final Bounds bounds;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     */
    public UsageTable(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    @Override
    public void add(List<UsageEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(ADD);
        for (UsageEntry entry : entries) {
            Usage used = entry.used();
            Usage own = entry.selfReported();
            List<Object> row = List.of(
                    entry.day().toEpochDay(),
                    entry.projectId().value(),
                    orEmpty(Query.text(entry.agentId())),
                    orEmpty(entry.model()),
                    orEmpty(entry.provider()),
                    used.wallMillis(),
                    used.inputTokens(),
                    used.outputTokens(),
                    used.costMicros(),
                    used.toolCalls(),
                    used.outputBytes(),
                    own.inputTokens(),
                    own.outputTokens(),
                    own.costMicros(),
                    own.toolCalls());
            for (int i = 0; i < row.size(); i++) {
                batch.bind(i, row.get(i));
            }
            batch.add();
        }
        int[] unused = batch.execute();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public List<UsageRow> sums(UsageQuery query, int limit) {
        String keys = Arrays.stream(UsageKey.values())
                .filter(query.by()::contains)
                .map(UsageTable::column)
                .collect(Collectors.joining(", "));
        String select = "select " + (keys.isEmpty() ? "" : keys + ", ")
                + SUMS.stream().map(sum -> "sum(" + sum + ") as " + sum).collect(Collectors.joining(", "))
                + " from usage_total";
        // Without keys there is one row even of nothing.
        String group = keys.isEmpty() ? "having count(*) > 0" : "group by " + keys + " order by " + keys;
        return new Query(select)
                .where("day >= :from", "from", day(query.from()))
                .where("day <= :to", "to", day(query.to()))
                .among("project_id", bounds.only(query.project()))
                .where("agent_id = :agent", "agent", Query.text(query.agent()))
                .where("model = :model", "model", query.model())
                .where("provider = :provider", "provider", query.provider())
                .list(handle, group + " limit :limit", limit, (row, context) -> row(row, query.by()));
    }

    private static @Nullable Long day(@Nullable LocalDate day) {
        return day == null ? null : day.toEpochDay();
    }

    private static String column(UsageKey key) {
        return switch (key) {
            case DAY -> "day";
            case PROJECT -> "project_id";
            case AGENT -> "agent_id";
            case MODEL -> "model";
            case PROVIDER -> "provider";
        };
    }

    private static UsageRow row(ResultSet row, List<UsageKey> by) throws SQLException {
        return new UsageRow(
                by.contains(UsageKey.DAY)
                        ? LocalDate.ofEpochDay(row.getLong("day")).toString()
                        : null,
                key(row, by, UsageKey.PROJECT),
                key(row, by, UsageKey.AGENT),
                key(row, by, UsageKey.MODEL),
                key(row, by, UsageKey.PROVIDER),
                new Usage(
                        row.getLong("wall_millis"),
                        row.getLong("input_tokens"),
                        row.getLong("output_tokens"),
                        row.getLong("cost_micros"),
                        row.getLong("tool_calls"),
                        0,
                        0,
                        row.getLong("output_bytes")),
                new Usage(
                        0,
                        row.getLong("own_input_tokens"),
                        row.getLong("own_output_tokens"),
                        row.getLong("own_cost_micros"),
                        row.getLong("own_tool_calls"),
                        0,
                        0,
                        0));
    }

    private static @Nullable String key(ResultSet row, List<UsageKey> by, UsageKey key) throws SQLException {
        if (!by.contains(key)) {
            return null;
        }
        String value = row.getString(column(key));
        return value.isEmpty() ? "none" : value;
    }
}
