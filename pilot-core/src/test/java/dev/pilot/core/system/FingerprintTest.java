package dev.pilot.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.value.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final CreateProject project =
            CreateProject.builder("Apollo").tags(List.of("moon")).build();

    @Test
    void idAndKeyDontCount() {
        CreateProject again =
                project.toBuilder().id(new ProjectId("p1")).idempotencyKey("k").build();
        assertThat(Fingerprint.of(again)).isEqualTo(Fingerprint.of(project));
    }

    @Test
    void everyOtherFieldCounts() {
        assertThat(Fingerprint.of(project.toBuilder().progress(1).build())).isNotEqualTo(Fingerprint.of(project));
        assertThat(Fingerprint.of(project.toBuilder().tags(List.of("moon", "")).build()))
                .isNotEqualTo(Fingerprint.of(project));
    }

    @Test
    void textThatLooksLikeStructureIsNotTakenForIt() {
        CreateProject one = CreateProject.builder("a;description:\"b").build();
        CreateProject other = CreateProject.builder("a").description("b").build();
        assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(other));
    }

    @Test
    void freeFormFieldsAreComparedByMeaning() {
        CreateProject one =
                project.toBuilder().attributes(Json.object("a", 1, "b", 2)).build();
        CreateProject other = project.toBuilder()
                .attributes(Json.object("b", new Json.Num("2.0"), "a", 1))
                .build();
        assertThat(Fingerprint.of(one)).isEqualTo(Fingerprint.of(other));
    }
}
