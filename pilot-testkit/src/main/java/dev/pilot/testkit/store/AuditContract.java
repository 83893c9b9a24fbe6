package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The audit log: its records, and the places that are sealed. */
abstract class AuditContract extends StoreStage {
    private static AuditRow row(long sequence, String id, String who) {
        return new AuditRow(
                sequence,
                id,
                sequence,
                who,
                "path",
                "write",
                "/p",
                "allowed",
                null,
                null,
                "",
                null,
                null,
                null,
                null,
                "{}",
                "hash " + sequence);
    }

    private static AuditAnchor anchor(long sequence, boolean pruned) {
        return new AuditAnchor(
                sequence,
                -3,
                "hash",
                Long.MAX_VALUE,
                sequence - 1,
                sequence == 1 ? "" : "before",
                pruned,
                "seal " + pruned);
    }

    @Test
    void idsAreEachCallersOwn() {
        AuditRow annas = row(1, "same", "anna");
        AuditRow ottos = row(2, "same", "otto");
        write(unit -> {
            unit.audit().append(List.of(annas));
            unit.audit().append(List.of(ottos, row(3, "other", "otto")));
        });
        List<AuditId> ids = List.of(new AuditId("same"), new AuditId("none"));
        assertThat(read((StoreView view) -> view.audit().all("anna", ids)))
                .containsOnlyKeys("same")
                .containsValue(annas);
        assertThat(read((StoreView view) -> view.audit().all("otto", ids)))
                .containsOnlyKeys("same")
                .containsValue(ottos);
        assertThat(read((StoreView view) -> view.audit().all("nobody", ids))).isEmpty();
        assertThatThrownBy(() -> write(unit -> unit.audit().append(List.of(row(4, "same", "otto")))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read((StoreView view) -> view.audit().last())).contains(row(3, "other", "otto"));
    }

    @Test
    void rowsAreReadOnInTheirOrderAndTheOldestGoFirst() {
        write(unit -> unit.audit()
                .append(IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> row(i, "id-" + i, "anna"))
                        .toList()));
        assertThat(sequences(4, 3)).containsExactly(5L, 6L, 7L);
        assertThat(sequences(Long.MIN_VALUE, 1)).containsExactly(1L);
        assertThat(sequences(9, 3)).isEmpty();
        write(unit -> {
            assertThat(unit.audit().prune(5, 3)).isEqualTo(3);
            assertThat(unit.audit().prune(5, 3)).isEqualTo(2);
            assertThat(unit.audit().prune(5, 3)).isZero();
        });
        assertThat(sequences(0, 99)).containsExactly(6L, 7L, 8L, 9L);
    }

    private List<Long> sequences(long after, int limit) {
        return read((StoreView view) -> view.audit().after(after, limit)).stream()
                .map(AuditRow::sequence)
                .toList();
    }

    @Test
    void anAnchorIsReadAsItWasSetAndSetAnew() {
        write(unit -> LongStream.of(3, 1, 2).forEach(i -> unit.audit().anchor(anchor(i, false))));
        write(unit -> {
            unit.audit().anchor(anchor(2, true));
            unit.audit().deleteAnchors(List.of(3L, 77L));
        });
        assertThat(read((StoreView view) -> view.audit().anchors())).containsExactly(anchor(1, false), anchor(2, true));
    }

    @Test
    void aRowThatNoHubWroteIsListedAmongTheOthers() {
        AuditRow altered = new AuditRow(
                2,
                "no id",
                2,
                "anna",
                "nonsense",
                "write",
                "/p",
                "perhaps",
                null,
                null,
                "why",
                null,
                null,
                null,
                null,
                "{",
                "hash");
        write(unit -> unit.audit().append(List.of(row(1, "one", "anna"), altered, row(3, "three", "anna"))));
        List<AuditEvent> all = walk(1, page -> read(view -> view.audit().list(AuditFilter.ALL, page)));
        assertThat(all).extracting(AuditEvent::sequence).containsExactly(3L, 2L, 1L);
        assertThat(all.get(1).kind()).isEqualTo(AuditKind.OTHER);
        assertThat(all.get(1).data().toString()).contains("no id", "nonsense", "perhaps", "why", "\"{\"");
        assertThat(read((StoreView view) -> view.audit()
                                .list(AuditFilter.builder().who("anna").build(), PageRequest.first()))
                        .items())
                .isEqualTo(all);
    }
}
