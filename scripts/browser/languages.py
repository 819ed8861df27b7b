"""The same pages for somebody who speaks another language."""

WORDS = {
    "de": {
        "login": "Passwort vergessen?", "register": "Registrieren", "catalog": "Seite 1 von 2", "document": "Antworten",
        "operation": "Anfrage", "nothing": "Nichts passt", "account": "Ihre Daten",
    },
    "ja": {
        "login": "パスワードをお忘れですか？", "register": "新規登録", "catalog": "2ページ中1ページ目", "document": "レスポンス",
        "operation": "リクエストボディ", "nothing": "一致するものはありません", "account": "アカウント",
    },
}


def walk_in(tag, visit, cluster, email, password):
    """A stranger chooses the language at the foot of a page, looks around and logs in; then English again."""
    words = WORDS[tag]
    portal = cluster.geo("eu")["portal_url"]
    visit.context.clear_cookies()
    visit.open(f"{portal}/login")
    visit.press(f"footer a[hreflang='{tag}']")
    visit.see(f"{tag}-login", words["login"])
    for path in ["register", "forgot-password"]:
        visit.open(f"{portal}/{path}")
        visit.see(f"{tag}-{path}", words["register"])
    visit.open(portal)
    visit.see(f"{tag}-catalog", words["catalog"])
    visit.open(f"{portal}/?q=xyzzy")
    visit.see(f"{tag}-catalog-search-nothing", words["nothing"])
    visit.open(f"{portal}/apis/harbour")
    visit.see(f"{tag}-api-document", words["document"])
    visit.open(f"{portal}/apis/harbour/operations/bookberth")
    visit.see(f"{tag}-operation", words["operation"])
    visit.open(f"{portal}/nothing")
    visit.see(f"{tag}-not-found", words["register"])
    visit.open(f"{portal}/login")
    visit.type("email", email)
    visit.type("password", password)
    visit.press("main form button")
    visit.open(f"{portal}/account")
    visit.see(f"{tag}-account", words["account"], email)
    visit.open(f"{portal}/logout")
    visit.see(f"{tag}-logout")
    visit.press("footer a[hreflang='en']")
