package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.Entrance;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.access.Token;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hub promises about the tokens that it keeps. */
public abstract class TokensContract extends AccessStage {
    /** For subclasses. */
    protected TokensContract() {}

    @ParameterizedTest
    @EnumSource
    void whoShowsATokenIsWhatItSays(Scope scope) {
        NewToken made = token(Rights.of(scope));

        Identity identity = enter(made.secret()).account().identity();

        assertThat(made.secret()).matches("pilot_[0-9A-Za-z]{49}");
        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(identity.caller())
                .isEqualTo(Rights.of(scope).caller(made.token().name()));
        assertThat(identity.via()).isEqualTo(Entrance.TOKEN);
        assertThat(identity.tokenId()).isEqualTo(made.token().id());
        assertThat(pilot().tokens().get(made.token().id()).createdBy())
                .isEqualTo(pilot().account().identity().caller().name());
    }

    @Test
    void aTokenIsListedWithoutItsSecret() {
        Project project = project();
        Rights rights = Rights.of(Scope.AGENT, Scope.WORKER)
                .proposing()
                .withoutDecisions()
                .in(Set.of(project.id()));
        NewToken made = token(rights);

        assertThat(made.token().rights()).isEqualTo(rights);
        assertThat(pilot().tokens().get(made.token().id())).isEqualTo(made.token());
        assertThat(walk(3, pilot().tokens()::list)).contains(made.token());
        assertThat(types(made.token())).containsExactly("created");
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAndStaysOnRecord() {
        NewToken made = token(Rights.of(Scope.READER));
        Pilot caller = enter(made.secret());
        assertThat(caller.account().identity().caller().name())
                .isEqualTo(made.token().name());

        Token revoked = pilot().tokens().revoke(made.token().id());

        refusedAtTheDoor(made.secret());
        assertThat(revoked.revokedAt()).isNotNull();
        assertThat(pilot().tokens().revoke(made.token().id()).revokedAt()).isEqualTo(revoked.revokedAt());
        assertThat(types(made.token())).containsExactly("created", "revoked");
        NewToken again = pilot().tokens().create(new CreateToken(made.token().name(), Rights.of(Scope.READER)));
        assertThat(enter(again.secret()).account().identity().tokenId())
                .isEqualTo(again.token().id());
        refusedAtTheDoor(made.secret());
        refused(NotFound.class, () -> pilot().tokens().revoke(new dev.pilot.api.id.TokenId("tok_none")));
    }

    @Test
    void anExpiredTokenIsRefused() {
        Instant expiresAt = fixture().clock().instant().plus(Duration.ofHours(1));
        NewToken made = pilot().tokens().create(new CreateToken(unique("brief"), Rights.of(Scope.READER), expiresAt));
        assertThat(enter(made.secret()).account().identity().expiresAt()).isEqualTo(expiresAt);

        fixture().clock().advance(Duration.ofHours(1));

        refusedAtTheDoor(made.secret());
        assertThat(pilot().tokens().get(made.token().id()).revokedAt()).isNull();
        pilot().tokens().create(new CreateToken(made.token().name(), Rights.of(Scope.READER)));
        invalid(
                "expiresAt",
                () -> pilot().tokens().create(new CreateToken(unique("past"), Rights.of(Scope.READER), expiresAt)));
    }

    @Test
    void anInventedTokenIsRefused() {
        String good = token(Rights.of(Scope.ADMIN)).secret();
        for (int i = 0; i < good.length(); i += 3) {
            char other = good.charAt(i) == 'x' ? 'y' : 'x';
            String tampered = good.substring(0, i) + other + good.substring(i + 1);
            refused(Unauthenticated.class, () -> enter(tampered).account().identity());
        }
        for (String wrong : List.of("pilot_", good + "a", good.substring(0, 54), "pilot_" + "0".repeat(49))) {
            refusedAtTheDoor(wrong);
        }
    }

    @Test
    void aTokensPolicyHolds() {
        NewToken made = token(Rights.of(Scope.OPERATOR).proposing());
        refused(
                Forbidden.class,
                "proposes-only",
                () -> enter(made.secret()).projects().create(CreateProject.named(unique("project"))));
        NewToken proposingAdmin = token(Rights.of(Scope.ADMIN).proposing());
        refused(
                Forbidden.class,
                "proposes-only",
                () -> enter(proposingAdmin.secret())
                        .tokens()
                        .create(new CreateToken(
                                unique("x"), Rights.of(Scope.ADMIN).proposing())));
    }

    @ParameterizedTest
    @EnumSource(names = "ADMIN", mode = EnumSource.Mode.EXCLUDE)
    void onlyAdministratorsDoAnyOfIt(Scope scope) {
        NewToken made = token(Rights.of(scope));
        Pilot caller = enter(made.secret());
        refused(
                Forbidden.class,
                "scope-missing",
                () -> caller.tokens().create(new CreateToken(unique("x"), Rights.of(scope))));
        refused(Forbidden.class, () -> caller.tokens().list(PageRequest.first()));
        refused(Forbidden.class, () -> caller.tokens().get(made.token().id()));
        refused(Forbidden.class, () -> caller.tokens().revoke(made.token().id()));
    }

    @Test
    void nobodyGivesOrTakesMoreThanHeHas() {
        Project own = project();
        Project other = project();
        Rights bound = Rights.of(Scope.ADMIN).in(Set.of(own.id())).withoutDecisions();
        Pilot caller = enter(token(bound).secret());
        for (Rights more : List.of(
                Rights.of(Scope.READER),
                Rights.of(Scope.READER).withoutDecisions(),
                Rights.of(Scope.READER).in(Set.of(own.id())),
                Rights.of(Scope.READER).withoutDecisions().in(Set.of(other.id())))) {
            refused(Forbidden.class, "more-than-own", () -> caller.tokens().create(new CreateToken(unique("x"), more)));
        }
        Token hidden = token(Rights.of(Scope.READER)).token();
        Token decides = token(Rights.of(Scope.READER).in(Set.of(own.id()))).token();
        refused(NotFound.class, () -> caller.tokens().get(hidden.id()));
        refused(NotFound.class, () -> caller.tokens().revoke(hidden.id()));
        refused(Forbidden.class, "more-than-own", () -> caller.tokens().revoke(decides.id()));

        Token less = caller.tokens()
                .create(new CreateToken(unique("less"), bound.withoutDecisions()))
                .token();
        assertThat(walk(1, caller.tokens()::list)).contains(less, decides).doesNotContain(hidden);
        assertThat(caller.tokens().revoke(less.id()).revokedAt()).isNotNull();
    }

    @Test
    void allThatIsWrongIsSaid() {
        Rights none = new Rights(Set.of(), false, true, Set.of(new dev.pilot.api.id.ProjectId("prj_none")));
        for (String field : List.of("name", "rights.scopes", "rights.projects")) {
            invalid(field, () -> pilot().tokens().create(new CreateToken("A b", none)));
        }
        String taken = user(Rights.of(Scope.READER)).name();
        refused(AlreadyExists.class, () -> pilot().tokens().create(new CreateToken(taken, Rights.of(Scope.READER))));
    }

    @Test
    void aTokenThatLandsInATextIsRedacted() {
        String secret = token(Rights.of(Scope.READER)).secret();
        String refresh = logIn(user(Rights.of(Scope.READER))).refreshToken();
        Project project = pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .description("use " + secret + " or " + refresh + " there")
                        .build());
        assertThat(project.description())
                .isEqualTo("use " + SecretRedactor.MARK + " or " + SecretRedactor.MARK + " there");
    }

    private List<String> types(Token token) {
        return events(new EventFilter(new Subject("token", token.id().value()), null, null, null)).stream()
                .map(Event::type)
                .toList();
    }
}
