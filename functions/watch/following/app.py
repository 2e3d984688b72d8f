"""The pages and the API of follower reviews: all their routes. GET shows, POST acts (P6)."""

from watch.following.room import app, room

__all__ = ["app", "room"]

app.opens(
    {
        "watch.following.review_pages": ("/reviews", "/reviews/{review_id}"),
        "watch.following.reviews_api": (
            "/v1/reviews",
            "/v1/reviews/{review_id}",
            "/v1/reviews/{review_id}/decisions",
            "/v1/reviews/{review_id}/signature",
        ),
        "watch.impostors.impostor_pages": (
            "/impostors",
            "/impostors/new",
            "/impostors/{case_id}",
        ),
        "watch.impostors.names_pages": (
            "/impostors/accounts",
            "/impostors/accounts/{account_id}",
        ),
        "watch.impostors.search_pages": ("/impostors/accounts/{account_id}/searches",),
        "watch.impostors.searches_api": ("/v1/impostors/accounts/{account_id}/searches",),
        "watch.impostors.impostors_api": (
            "/v1/impostors",
            "/v1/impostors/{case_id}",
            "/v1/impostors/{case_id}/decision",
            "/v1/impostors/{case_id}/report",
            "/v1/impostors/{case_id}/outcome",
        ),
        "watch.impostors.names_api": (
            "/v1/impostors/accounts/{account_id}",
            "/v1/impostors/accounts/{account_id}/names",
        ),
        "watch.sampling.sample_pages": ("/samples", "/samples/{sample_id}"),
        "watch.sampling.samples_api": (
            "/v1/samples",
            "/v1/samples/{sample_id}",
            "/v1/samples/{sample_id}/verdicts",
            "/v1/samples/{sample_id}/follow-ups",
        ),
        "watch.reporting.report_pages": ("/reports", "/reports/{report_id}"),
        "watch.reporting.reports_api": ("/v1/reports", "/v1/reports/{report_id}"),
    }
)
