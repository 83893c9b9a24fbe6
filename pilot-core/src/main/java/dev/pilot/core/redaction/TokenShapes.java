package dev.pilot.core.redaction;

import static dev.pilot.core.redaction.ByteSet.ALNUM;
import static dev.pilot.core.redaction.ByteSet.DIGIT;
import static dev.pilot.core.redaction.ByteSet.LOWER;
import static dev.pilot.core.redaction.ByteSet.UPPER;
import static dev.pilot.core.redaction.ByteSet.URL_SAFE;
import static dev.pilot.core.redaction.ByteSet.WORD;
import static dev.pilot.core.redaction.TokenRule.token;

import java.util.List;
import java.util.stream.Stream;

/**
 * The shapes of tokens, as their issuers document them ("About authentication to GitHub: token formats", GitLab's "Token
 * overview: token prefixes", AWS's "IAM identifiers: unique ID prefixes", Slack's "Token types", and the like of the others).
 * Lengths are a little below the documented ones, since issuers lengthen their tokens and logs cut them.
 */
final class TokenShapes {
    private static final ByteSet DOTTED = URL_SAFE.or(ByteSet.of("."));
    private static final ByteSet CAPITAL = UPPER.or(DIGIT);

    private TokenShapes() {}

    static List<Pattern> all() {
        return Stream.of(own(), hosts(), clouds(), models(), services(), forms())
                .flatMap(List::stream)
                .toList();
    }

    /** What this hub makes: tokens, and the refresh tokens of sessions. */
    private static List<Pattern> own() {
        return List.of(token("pilot_", ALNUM, 40), token("pilotr_", ALNUM, 80));
    }

    /** Where code and packages are kept. */
    private static List<Pattern> hosts() {
        return List.of(
                // GitHub: personal, OAuth, user-to-server, server-to-server, refresh; fine-grained
                token("ghp_", ALNUM, 30),
                token("gho_", ALNUM, 30),
                token("ghu_", ALNUM, 30),
                token("ghs_", DOTTED, 30),
                token("ghr_", ALNUM, 30),
                token("github_pat_", WORD, 36),
                // GitLab: personal, OAuth application, deploy, runner, trigger, CI job, feed, agent, SCIM
                token("glpat-", DOTTED, 20),
                token("gloas-", URL_SAFE, 20),
                token("gldt-", DOTTED, 20),
                token("glrt-", DOTTED, 20),
                token("glptt-", URL_SAFE, 20),
                token("glcbt-", DOTTED, 20),
                token("glft-", URL_SAFE, 20),
                token("glagent-", URL_SAFE, 20),
                token("glsoat-", URL_SAFE, 20),
                token("npm_", ALNUM, 36),
                token("pypi-", URL_SAFE, 50),
                token("rubygems_", ALNUM, 40),
                token("dckr_pat_", URL_SAFE, 20),
                token("dckr_oat_", URL_SAFE, 20));
    }

    private static List<Pattern> clouds() {
        return List.of(
                // AWS access keys, long-lived and temporary
                token("AKIA", CAPITAL, 16),
                token("ASIA", CAPITAL, 16),
                // Google: API key, OAuth client secret, OAuth access token
                token("AIza", URL_SAFE, 35),
                token("GOCSPX-", URL_SAFE, 20),
                token("ya29.", URL_SAFE, 20),
                token("dop_v1_", ALNUM, 40),
                token("doo_v1_", ALNUM, 40),
                token("dor_v1_", ALNUM, 40),
                token("hvs.", URL_SAFE, 24),
                token("hvb.", URL_SAFE, 24),
                token("dapi", ALNUM, 32, DIGIT),
                token("tskey-", URL_SAFE, 16, DIGIT),
                token("AGE-SECRET-KEY-1", CAPITAL, 50),
                token("glsa_", WORD, 32),
                token("glc_", ByteSet.BASE64, 32),
                token("NRAK-", CAPITAL, 24),
                token("pul-", ALNUM, 40));
    }

    private static List<Pattern> models() {
        return List.of(
                // OpenAI and those who follow its form; a class name of a style sheet starts alike
                token("sk-", URL_SAFE, 20, DIGIT, UPPER, LOWER),
                token("sk-ant-", URL_SAFE, 20, DIGIT),
                token("hf_", ALNUM, 30),
                token("gsk_", ALNUM, 40),
                token("xai-", ALNUM, 40),
                token("pplx-", ALNUM, 40),
                token("r8_", ALNUM, 32));
    }

    private static List<Pattern> services() {
        return List.of(
                // Slack: bot, user, app, refresh, legacy; app level; incoming webhooks
                token("xoxa-", URL_SAFE, 10, DIGIT),
                token("xoxb-", URL_SAFE, 10, DIGIT),
                token("xoxe-", URL_SAFE, 10, DIGIT),
                token("xoxe.", DOTTED, 10, DIGIT),
                token("xoxo-", URL_SAFE, 10, DIGIT),
                token("xoxp-", URL_SAFE, 10, DIGIT),
                token("xoxr-", URL_SAFE, 10, DIGIT),
                token("xoxs-", URL_SAFE, 10, DIGIT),
                token("xapp-", URL_SAFE, 10, DIGIT),
                token("hooks.slack.com/services/", ALNUM.or(ByteSet.of("/")), 20),
                // Stripe: secret, restricted, webhook
                token("sk_live_", ALNUM, 16),
                token("sk_test_", ALNUM, 16),
                token("rk_live_", ALNUM, 16),
                token("rk_test_", ALNUM, 16),
                token("whsec_", ByteSet.BASE64, 24),
                token("SG.", DOTTED, 60),
                token("shpat_", ALNUM, 32),
                token("shpca_", ALNUM, 32),
                token("shppa_", ALNUM, 32),
                token("shpss_", ALNUM, 32),
                token("sq0atp-", URL_SAFE, 22),
                token("sq0csp-", URL_SAFE, 40),
                token("ATATT3", URL_SAFE.or(ByteSet.of("=")), 50),
                token("lin_api_", ALNUM, 32),
                token("ntn_", ALNUM, 40),
                token("PMAK-", URL_SAFE, 50));
    }

    /** What is no issuer's own. */
    private static List<Pattern> forms() {
        return Stream.of(
                        JwtRule.patterns(),
                        PrivateKeyRule.patterns(),
                        UserInfoRule.patterns(),
                        AuthorizationRule.patterns(),
                        AssignmentRule.patterns())
                .flatMap(List::stream)
                .toList();
    }
}
