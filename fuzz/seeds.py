"""What the fuzzer begins with: files of the tests and of data/, and small ones written here."""
import base64
import io
import json
import pathlib
import re
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / 'tests' / 'fixtures'
# In the order of `ImportKind::ALL`. The first byte of a table is the letter of its kind, the grave accent for the first.
KINDS = ['authorities', 'aliases', 'boundaries', 'postcodes', 'population', 'neighbours', 'statistics', 'national', 'decisions',
         'improvements', 'letters', 'replies']
# A packed table of six postcodes: `postcodes` in src/lib.rs writes it.
PACKED = 'eNoL9Q5w9ndxNWRlSFRISy1nZnA1MDMAAkNTVwMLEMMYyLAEM4xZGRgYgEoVjBiQABsD8cAn2FDBkFjFDWj84HBDR0NGBvIASLMRuZqBerE4m4k4zcxQxYxAyATkAQDnDA//'


def first_lines(path, count=6):
    return b''.join(path.read_bytes().splitlines(keepends=True)[:count])


def csv():
    published, surrey = ROOT / 'data' / 'published', FIXTURES / 'surrey-2027'
    tables = [
        ('authorities', first_lines(ROOT / 'data' / 'authorities.csv')),
        ('authorities', (surrey / 'authorities.csv').read_bytes()),
        ('aliases', b'alias,authority\nDerby Council,derby-city-council\nA Trust,other body\nTotal,left out\n'),
        ('postcodes', (surrey / 'postcodes.csv').read_bytes()),
        ('postcodes', first_lines(FIXTURES / 'postcodes-sample.csv')),
        ('postcodes', zlib.decompress(base64.b64decode(PACKED))),
        ('postcodes', b'pcd,pcd2,pcds,dointr,doterm,oscty,oslaua\nDE1 2FS,DE1  2FS,DE1 2FS,198001,,E99999999,E06000015\n'),
        ('population', (surrey / 'population.csv').read_bytes()),
        ('population', b'ladcode23,laname23,country,sex,age,population_2021,population_2022\nE06000015,Derby,E,F,0,1500,1490\n'),
        ('population', b'authority,year,population\nDerby,2021,261400\n'),
        ('neighbours', b'authority,rank,neighbour,model\nDerby,1,Stoke-on-Trent,All\nDerby,2,Bolton,All\n'),
        ('neighbours', b'LA,SN1,SN1 Prox,SN2,SN2 Prox,SN3,SN3 Prox\nDerby,Stoke-on-Trent,0.9,Bolton,0.8,Coventry,0.7\n'),
        ('national', first_lines(published / 'national.csv')),
        ('decisions', first_lines(published / 'decisions.csv')),
        ('decisions', b'reference,withdrawn_on\n17 001 855,2020-01-02\n'),
        ('decisions', json.dumps({
            'reference': '19 018 222', 'authority': 'Leeds City Council', 'type': 'report', 'outcome': 'upheld',
            'category': 'housing', 'decision_date': '2020-07-02', 'summary': 'Delay.',
            'sections': [{'heading': 'The complaint', 'text': 'Mrs X complained.'}]}).encode()),
        ('improvements', b'reference,authority,category,summary,agreed_on,due_on,achieved_on\n'
                         b'19 018 222,Leeds,housing,Train its staff,2020-07-02,2020-10-02,2020-09-30\n'),
        ('letters', b'authority,year,letter_date,text,url\nDerby,2019-20,2020-07-22,"Dear Mr Simpson",https://a.example/b\n'),
        ('replies', b'authority,year,replied_on,text,measure,author\nDerby,2019-20,2020-09-01,We agree.,compliance,Leader\n'),
    ]
    tables += [('statistics', first_lines(published / f'{name}.csv')) for name in ('statistics', 'own-pages', 'other-pages')]
    tables += [('statistics', path.read_bytes()) for path in sorted((FIXTURES / 'tables').glob('*/*.csv'))]
    return [bytes([96 + KINDS.index(kind)]) + content for kind, content in tables]


def workbook():
    found = []
    for path in sorted((FIXTURES / 'tables').glob('*.[ox][dl]s*')):
        whole = path.read_bytes()
        parts = zipfile.ZipFile(io.BytesIO(whole))
        read = [name for name in parts.namelist() if re.search(r'workbook|content\.xml|styles|sharedStrings|sheet1|mimetype|manifest', name)]
        unpacked = b'`' + b''.join(name.encode() + b'\0' + parts.read(name) + b'\0' for name in read)
        found += [b'`' + whole] + [unpacked] * (len(unpacked) < 32_000)
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Authority Name</t></is></c><c r="B1" t="s"><v>0</v></c></row>' \
            '<row r="2" hidden="1"><c r="A2" t="str"><f>A1</f><v>Derby</v></c><c r="B2" s="1"><v>0.5</v></c></row>'
    small = {
        'xl/workbook.xml': '<workbook><workbookPr date1904="1"/><sheets><sheet name="a" sheetId="1" r:id="rId1" state="hidden"/></sheets>'
                           '<calcPr fullCalcOnLoad="1"/></workbook>',
        'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>',
        'xl/sharedStrings.xml': '<sst><si><t>Upheld</t></si></sst>',
        'xl/worksheets/sheet1.xml': f'<worksheet><dimension ref="A1:B2"/><cols><col min="2" max="2" hidden="1"/></cols>'
                                    f'<sheetData>{cells}</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>',
    }
    return [*found, b'`' + b''.join(f'{name}\0{text}\0'.encode() for name, text in small.items())]


def html():
    body = '<h1>Leeds City Council (19 018 222)</h1><p>Category: Housing &gt; Allocations</p><p>Decision: Upheld</p>' \
           '<p>Decision date: 2 July 2020</p>'
    section = '<h2>The Ombudsman’s final decision:</h2><p>Summary: Mrs X complained.</p><h2>The complaint</h2><ol><li>Mrs X</li>' \
              '<li><ul><li>a</li></ul></li></ol><table><tr><th>Year</th><td>2019</td></tr></table>'
    page = lambda inner: f'<!DOCTYPE html><html><head><title>19 018 222</title></head><body>{inner}</body></html>'.encode()
    listed = '<ul><li><a href="https://www.lgo.org.uk/decisions/housing/allocations/19-018-222">Leeds City Council (19 018 222)</a>' \
             '<p>Statement Upheld Allocations 02-Jul-2020</p><p>Summary: Delay.</p></li></ul>'
    mail = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n' \
           b'--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' + page(body) + b'\r\n--b--\r\n'
    letter = '<main><p>22 July 2020</p><p>Dear Chief Executive</p><h2>Annual Review letter 2020</h2><p>I write<br>to you.</p></main>'
    return [page(body), page(body + section), page(listed), page(letter), mail, page(f'<div hidden>{body}</div><svg><title>x</title></svg>')]


def markdown():
    return [text.encode() for text in [
        '22 July 2020\n\nBy email\n\nMr Simpson\nChief Executive\nDerby City Council\n\nDear Mr Simpson\n\n# Annual Review letter 2020\n\n'
        'I write to you about **complaints** of the year ending 31 March 2020.\n\n## Complaint statistics\n\n'
        '54% of complaints we investigated were upheld. This compares to an average of 56% in similar authorities.\n\n7 upheld decisions\n'
        '\nStatistics are based on a total of 13 investigations for the period between 1 April 2019 to 31 March 2020\n',
        '| Outcome | Complaints |\n|---|---:|\n| Upheld | 7 |\n\n1. a\n   - b\n\n> c\n\n```\nd\n```\n\n~~e~~ `f` <script>g</script>\n\n---\n',
        '[a](https://www.lgo.org.uk/) ![b](https://c.example/d.png) <e@f.example> [g]: javascript:h "i"\n\n<table style="x"><tr onclick=y>\n',
        '###### Low\n\n# High\n\nSetext\n===\n\n\tindented\n\n    code\n\n&amp;&#x202e;&nbsp;\\*\n',
    ]]


def inflated(content):
    """A PDF whose streams can be read, so that a changed byte is a changed word."""
    def plain(found):
        try:
            data = zlib.decompress(found[3])
        except zlib.error:
            return found[0]
        head = re.sub(rb'/Filter\s*\[?\s*/FlateDecode\s*\]?', b'', found[1])
        head = re.sub(rb'/Length\s+\d+(\s+\d+\s+R)?', b'/Length %d' % len(data), head)
        return head + found[2] + data + b'\nendstream' if len(data) < 8_000 else found[0]
    return re.sub(rb'(<<(?:(?!stream).)*?>>)(\s*stream\r?\n)(.*?)\r?\n?endstream', plain, content, flags=re.DOTALL)


def pdf():
    letters = [path.read_bytes() for path in sorted((FIXTURES / 'letters').glob('*.pdf'))]
    text = b'BT /F1 12 Tf 72 720 Td 14 TL (Dear Mr Simpson) Tj T* [(Annual) -250 (Review) ] TJ (letter 2020) \' ET'
    cmap = b'/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange ' \
           b'<20> <7E> <0020> endbfrange 1 beginbfchar <01> <00660069> endbfchar endcmap end'
    objects = [
        b'<< /Type /Catalog /Pages 2 0 R >>', b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Rotate 0 /Resources << /Font << /F1 5 0 R >> >> >>',
        b'<< /Length %d >>\nstream\n%s\nendstream' % (len(text), text),
        b'<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 32 /LastChar 34 /Widths [278 300 355] /ToUnicode 6 0 R '
        b'/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /fi 39 /quotesingle] >> >>',
        b'<< /Length %d >>\nstream\n%s\nendstream' % (len(cmap), cmap),
    ]
    small, offsets = b'%PDF-1.4\n', []
    for number, content in enumerate(objects, 1):
        offsets.append(len(small))
        small += b'%d 0 obj\n%s\nendobj\n' % (number, content)
    table = b''.join(b'%010d 00000 n \n' % offset for offset in offsets)
    small += b'xref\n0 7\n0000000000 65535 f \n%strailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF' % (table, len(small))
    return [*letters, *map(inflated, letters), small]


def geojson():
    square = [[-1.5, 52.9], [-1.4, 52.9], [-1.4, 53.0], [-1.5, 53.0], [-1.5, 52.9]]
    hole = [[-1.47, 52.93], [-1.47, 52.95], [-1.45, 52.95], [-1.45, 52.93], [-1.47, 52.93]]
    feature = lambda kind, coordinates, **more: {
        'type': 'Feature', 'properties': {'code': 'E06000015', **more}, 'geometry': {'type': kind, 'coordinates': coordinates}}
    collection = lambda *features, **more: {'type': 'FeatureCollection', 'features': features, **more}
    grid = {'type': 'name', 'properties': {'name': 'urn:ogc:def:crs:EPSG::27700'}}
    metres = [[435_000, 335_000], [436_000, 335_000], [436_000, 336_000], [435_000, 335_000]]
    topology = {
        'type': 'Topology', 'transform': {'scale': [0.1, 0.1], 'translate': [-1.5, 52.9]},
        'objects': {'a': {'type': 'GeometryCollection', 'geometries': [
            {'type': 'Polygon', 'properties': {'LAD23CD': 'E06000015'}, 'arcs': [[0]]},
            {'type': 'MultiPolygon', 'properties': {'LAD23CD': 'E08000001'}, 'arcs': [[[-1]]]}]}},
        'arcs': [[[0, 0], [1, 0], [0, 1], [-1, 0], [0, -1]]]}
    made = [
        collection(feature('Polygon', [square, hole], valid_from='2023-04-01')),
        collection(feature('MultiPolygon', [[square], [hole]]), feature('Polygon', [square], code='W06000001')),
        collection(feature('Polygon', [metres]), crs=grid), topology,
    ]
    return [json.dumps(one).encode() for one in made] + [(FIXTURES / 'surrey-2027' / 'boundaries.geojson').read_bytes()]


def postcode():
    return [text.encode() for text in [
        'DE1 2FS', 'sw1a 1aa', 'DE12F', 'de1', 'D£1 2FS', 'GIR 0AA', 'I live at W1A OAX', 'E06000015', '20 006 984', 'Derby', 'derby city council',
        'St Albans', 'Newcastle', 'Northamptonshire', 'Bournemouth', 'Leeds"damp and mould" flat', 'Hackny', '“school transport', 'Ashford, Kent', 'Köln']]


def find():
    return postcode()


def parameters():
    year, slug = 'year=2019-20', 'derby-city-council'
    return [text.encode() for text in [
        '/?view=hexagons&tier=county&measure=uphold-rate&year=2019-20&kind=unitary&at=derby-city-council&verdict=higher&order=name',
        '/map.json?measure=upheld', '/map.geojson?tier=district', '/find?q=DE1+2FS', '/find.json?lat=52.9&lon=-1.47', '/find/names.json?q=der',
        '/councils?kind=county&region=East+Midlands&former=1', f'/councils/{slug}?{year}', '/councils/E06000015.json', f'/councils/{slug}/statistics.csv',
        f'/embed/{slug}?measure=compliance&{year}', f'/share/{slug}.png?measure=upheld', f'/councils/{slug}/figure.svg?measure=upheld',
        f'/councils/{slug}/trend.svg', f'/councils/{slug}/funnel.svg?measure=uphold-rate', f'/councils/{slug}/pack.pdf?{year}',
        f'/councils/{slug}/decisions?q=damp&category=housing&outcome=upheld&from=2019-01-01&to=2020-01-01&sort=newest&page=2',
        f'/councils/{slug}/reports', f'/councils/{slug}/improvements?state=late', f'/councils/{slug}/improvements.ics', f'/councils/{slug}/letters/2019-20',
        f'/councils/{slug}/feed.atom', f'/decisions?q=%22damp+and+mould%22&body=leeds-city-council&type=report&{year}&kind=district', '/reports?q=x',
        '/decisions/17-001-855', '/improvements?council=derby-city-council', '/feed.atom?county=kent', f'/national?{year}', '/national/trend.svg?measure=upheld',
        f'/rankings?measure=uphold-rate&{year}&verdict=lower&q=der&order=value', '/signs?sign=rising', '/signs.atom', f'/subjects?{year}',
        '/subjects/housing?region=London', '/subjects/housing/allocations', '/areas', '/areas/derbyshire', '/regions/east-midlands?year=2019-20',
        f'/compare?c={slug}&c=leeds-city-council&measure=upheld&{year}', '/compare?set=neighbours:derby-city-council&arrangement=rates',
        '/changes?release=0003-statistics', '/cited?address=/councils/derby-city-council&as-of=2026-11-22', '/data', '/about/statistics']]


def headers():
    return [text.encode() for text in [
        'bRange: bytes=0-9\nIf-Range: "this"', 'bRange: bytes=-5', 'cRange: bytes=90-1000,0-1', 'aRange: bytes=0-', '`Range: bytes=-1',
        'bAccept-Encoding: gzip;q=0.5, br, *;q=0', 'bAccept-Encoding: identity, deflate', 'bIf-None-Match: "a", W/"b", *', 'bIf-None-Match: *',
        'bHost: map.example:8080\nForwarded: host="a.example";proto=https, for=1.2.3.4', 'bHost: [::1]:80\nX-Forwarded-Proto: https\nX-Forwarded-Host: a, b.example',
        'bHost: localhost', 'bHost: 127.0.0.1:8081\nIf-Range: Sat, 29 Oct 1994 19:43:31 GMT\nRange: bytes=1-1']]


def pointer():
    release = {
        'key': '0003-statistics', 'kind': 'statistics', 'title': 'a', 'source': 'b', 'source_url': None, 'licence': 'c', 'sha256': '0' * 64,
        'retrieved_at': '2026-01-01T00:00:00Z', 'published_at': '2026-01-01T00:00:00Z', 'synthetic': False}
    meta = {**release, 'year': '2019-20', 'files': ['a.csv'], 'documents': [['letters/a.pdf']], 'withdrawn_at': '2026-02-01T00:00:00Z'}
    step = {**release, 'release': '0003-statistics', 'file': 'statistics/a.csv'}
    edition = {'id': '0003-9f2c01ab77de', 'file': 'site-0003-9f2c01ab77de.db', 'from': '2026-01-01T00:00:00Z', 'releases': ['0003-statistics'], 'synthetic': False}
    list_ = {'editions': [edition, {**edition, 'from': '2027-01-01T00:00:00Z'}], 'in_force_since': '2026-01-01T00:00:00Z'}
    names = ['site-0003-9f2c01ab77de.db', '0003-9f2c-letters', 'letters/derby.pdf', './a.pdf', 'a/../b', '..', '/etc', 'a.csv']
    files = [(0, json.dumps(list_)), (1, json.dumps(meta)), (2, json.dumps([step]))] + [(3, name) for name in names]
    return [bytes([96 + which]) + text.encode() for which, text in files]


def of(target):
    """The seeds of a target, by name."""
    return {f'{number:02}': content for number, content in enumerate(globals()[target]())}
