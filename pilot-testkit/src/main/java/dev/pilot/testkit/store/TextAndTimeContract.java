package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.run.Event;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 5: instants to the microsecond, text by code point. */
@ResourceLock(Resources.TIME_ZONE)
abstract class TextAndTimeContract extends StoreStage {
    private static final ProjectId ONE = new ProjectId("prj_1");

    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void giveBackTheZone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, UTC",
        "2026-01-15T12:34:56.789012Z, UTC",
        "2500-12-31T23:59:59.999999Z, UTC",
        "2500-12-31T23:59:59.999999Z, Pacific/Kiritimati",
        // an hour that is there twice, and one that is not there at all
        "2026-10-25T00:30:00.000001Z, Europe/Berlin",
        "2026-10-25T01:30:00.000001Z, Europe/Berlin",
        "2026-03-29T01:30:00.123456Z, Europe/Berlin",
        // half an hour of daylight saving
        "2026-04-04T15:15:00.5Z, Australia/Lord_Howe",
        "2026-11-01T04:31:00.000009Z, America/St_Johns"
    })
    void anInstantSurvivesInAnyZone(Instant instant, String zoneId) {
        TimeZone.setDefault(TimeZone.getTimeZone(zoneId));
        write(unit -> {
            unit.projects()
                    .create(Samples.project("prj_1").toBuilder()
                            .createdAt(instant)
                            .updatedAt(instant)
                            .build());
            unit.runs()
                    .create(Samples.leased("run_1", "prj_1", "wrk_1", 1, instant).toBuilder()
                            .notBefore(instant)
                            .build());
        });

        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        Project project = read(view -> view.projects().get(ONE));
        assertThat(project.createdAt()).isEqualTo(instant);
        assertThat(project.updatedAt()).isEqualTo(instant);
        assertThat(read((StoreView view) -> view.runs().get(new RunId("run_1"))))
                .isEqualTo(Samples.leased("run_1", "prj_1", "wrk_1", 1, instant).toBuilder()
                        .notBefore(instant)
                        .build());
        assertThat(read((StoreView view) -> view.runs().expired(instant.minus(1, ChronoUnit.MICROS), 10)))
                .isEmpty();
        assertThat(read((StoreView view) -> view.runs().expired(instant, 10))).hasSize(1);
    }

    @Test
    void versionsThatAreOneMicrosecondApartDiffer() {
        write(unit -> unit.projects().create(Samples.project("prj_1")));
        Instant next = Samples.T0.plus(1, ChronoUnit.MICROS);

        write(unit -> {
            Project changed =
                    Samples.project("prj_1").toBuilder().updatedAt(next).build();
            unit.projects().update(changed, Samples.T0);
            assertThatThrownBy(() -> unit.projects().update(changed, Samples.T0))
                    .isInstanceOf(StaleWrite.class);
            unit.projects().update(changed, next);
        });
    }

    @Test
    void idsAreOrderedByCodePoint() {
        List<String> ordered = List.of("-", ".a", "0", "10", "2", ":", "A", "AZ", "Aa", "Z", "_", "a", "aA", "aa", "b");
        write(unit -> ordered.stream()
                .sorted((left, right) -> Integer.compare(left.hashCode() * 31 % 7, right.hashCode() * 31 % 7))
                .forEach(id -> unit.projects().create(Samples.project(id, 1))));

        assertThat(read((StoreView view) -> view.projects().order()))
                .extracting(ProjectId::value)
                .isEqualTo(ordered);
        assertThat(walk(4, page -> read(view -> view.projects().list(ProjectFilter.ALL, page))))
                .extracting(project -> project.id().value())
                .isEqualTo(ordered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Web", "web", "WEB", "web ", "wéb", "we\u0301b", "ＷＥＢ", "w%b", "w_b"})
    void textIsComparedExactly(String category) {
        List<String> all = List.of("Web", "web", "WEB", "web ", "wéb", "we\u0301b", "ＷＥＢ", "w%b", "w_b");
        write(unit -> {
            for (int i = 0; i < all.size(); i++) {
                unit.projects()
                        .create(Samples.project("prj_" + i, i).toBuilder()
                                .category(all.get(i))
                                .tags(List.of(all.get(i)))
                                .build());
            }
        });

        for (ProjectFilter filter :
                List.of(new ProjectFilter(null, null, category, null), new ProjectFilter(null, null, null, category))) {
            assertThat(read((StoreView view) ->
                            view.projects().list(filter, PageRequest.first()).items()))
                    .extracting(Project::category)
                    .containsExactly(category);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " leading and trailing ",
                "line\nbreak\r\n\ttab",
                "quotes ' \" ` \\ ; -- /* */ :name ? ?1 $1 <b>",
                "äöü ß ñ 漢字 \uD83D\uDE80 e\u0301",
                "\uFEFF\u200B\u202E"
            })
    void anyTextSurvives(String text) {
        Together.await(store.append(List.of(Samples.event("evt_1").toBuilder()
                        .title(text)
                        .message(text + text)
                        .build()))
                .toCompletableFuture());
        write(unit -> unit.projects()
                .create(Samples.project("prj_1").toBuilder()
                        .name(text)
                        .notes(text)
                        .build()));

        Event event = read(view -> view.events().find(new EventId("evt_1")).orElseThrow());
        assertThat(event.title()).isEqualTo(text);
        assertThat(event.message()).isEqualTo(text + text);
        assertThat(read((StoreView view) -> view.projects().get(ONE).name())).isEqualTo(text);
    }

    @Test
    void idsDifferByCase() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_a"));
            unit.projects().create(Samples.project("prj_A"));
        });

        assertThat(read((StoreView view) ->
                        view.projects().get(new ProjectId("prj_A")).name()))
                .isEqualTo("Project prj_A");
        assertThat(read((StoreView view) -> view.projects().find(new ProjectId("PRJ_A"))))
                .isEmpty();
    }
}
