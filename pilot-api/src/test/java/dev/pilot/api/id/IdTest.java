package dev.pilot.api.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "prj_01J", "A.b-C:d_9", "0"})
    void whatTheGrammarAllowsIsAnId(String text) {
        assertThat(new ProjectId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "a\0", "../x"})
    void anythingElseIsNot(String text) {
        assertThatThrownBy(() -> new ProjectId(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void lengthIsBounded() {
        assertThat(new RunId("x".repeat(Id.MAX_LENGTH)).value()).hasSize(128);
        assertThatThrownBy(() -> new RunId("x".repeat(129))).isInstanceOf(InvalidInput.class);
    }
}
