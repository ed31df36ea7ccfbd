namespace Ldn.Cli.Tests.Init;

/// <summary>
/// Folders as they are downloaded: small files with the names, types, codes, scales, units, no-data values, bands and attributes
/// of the published products. GDAL's Python module writes them, GeoTIFF, netCDF, GeoJSON and GeoPackage as the makers do.
/// </summary>
internal static class ProductFolders
{
    private const string Script = """
        import json, os, sys
        import numpy as np
        from osgeo import gdal, osr
        gdal.UseExceptions()
        root, W, H = sys.argv[1], 24, 20
        srs = osr.SpatialReference(); srs.ImportFromEPSG(4326)
        B, U16, I16, F = gdal.GDT_Byte, gdal.GDT_UInt16, gdal.GDT_Int16, gdal.GDT_Float32
        def raster(name, kind, nodata, *bands, scale=None, unit=None):
            path = os.path.join(root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            d = gdal.GetDriverByName('GTiff').Create(path, W, H, len(bands), kind)
            d.SetGeoTransform([100, .1, 0, 50, 0, -.1]); d.SetProjection(srs.ExportToWkt())
            for i, (text, values) in enumerate(bands):
                b = d.GetRasterBand(i + 1)
                b.SetDescription(text)
                if nodata is not None: b.SetNoDataValue(nodata)
                if scale: b.SetScale(scale); b.SetOffset(0)
                if unit: b.SetUnitType(unit)
                b.WriteArray(np.resize(np.array(values, float), (H, W)))
        def one(name, kind, nodata, values, **more): raster(name, kind, nodata, ('', values), **more)
        esa = [10, 11, 30, 60, 120, 130, 150, 190, 200, 210]
        lc100 = [20, 30, 40, 50, 60, 80, 111, 126, 200]
        igbp, umd, pft = [1, 5, 8, 10, 12, 13, 16, 17], [0, 1, 5, 8, 10, 12, 13, 15], [0, 1, 2, 4, 5, 6, 7, 8, 9, 11]
        percent, lccs = list(range(101)), [1, 2, 11, 12, 21, 31, 41]
        glc = [10, 20, 51, 61, 71, 91, 120, 130, 182, 190, 200, 210]
        for y in 2000, 2015: one(f'esa/ESACCI-LC-L4-LCCS-Map-300m-P1Y-{y}-v2.0.7.tif', B, 0, esa)
        raster('esa-years/ESACCI-LC-L4-LCCS-Map-300m-P1Y-1992_2015-v2.0.7.tif', B, 0, *[('', esa)] * 24)
        for y, kind in (2015, 'base'), (2019, 'nrt'):
            for layer, values in (('Discrete-Classification-map', lc100), ('Discrete-Classification-proba', percent),
                                  ('Forest-Type-layer', range(6)), ('Tree-CoverFraction-layer', percent)):
                one(f'lc100/PROBAV_LC100_global_v3.0.1_{y}-{kind}_{layer}_EPSG-4326.tif', B, 255, values)
            raster(f'lc100-gee/{y}.tif', B, 255, ('discrete_classification', lc100),
                   ('discrete_classification-proba', percent), ('forest_type', range(6)), ('bare-coverfraction', percent))
        for y in 2001, 2015:
            for layer, values in (('LC_Type1', igbp), ('LC_Type2', umd), ('LC_Type5', pft), ('LC_Prop1', lccs),
                                  ('LC_Prop1_Assessment', range(100)), ('QC', [0, 1, 2, 9]), ('LW', [1, 2])):
                one(f'mcd12-appeears/MCD12Q1.061_{layer}_doy{y}001_aid0001.tif', B, 255, values)
            for layer, values in ('LC1', igbp), ('LC2', umd), ('LC5', pft):
                one(f'mcd12-modistsp/Land_Cover_Type_Yearly_500m_v61/{layer}/MCD12Q1_{layer}_{y}_001.tif', B, 255, values)
            raster(f'mcd12-gee/MODIS_061_MCD12Q1_{y}_01_01.tif', B, None, ('LC_Type1', igbp), ('LC_Type2', umd),
                   ('LC_Prop1', lccs), ('QC', [0, 1, 2]), ('LW', [1, 2]))
            one(f'mcd12-unsaid/MCD12Q1_{y}.tif', B, 255, [1, 5, 8, 10, 12])
            one(f'mcd12-pft/MCD12Q1.061_LC_Type5_doy{y}001_aid0001.tif', B, 255, pft)
        ndvi = [1200, 3400, 7800, -200, 5550]
        for y in range(2001, 2011):
            for d in 1, 17, 33:
                for layer, values, kind, fill in (('NDVI', ndvi, I16, -3000), ('EVI', ndvi, I16, -3000),
                        ('VI_Quality', [2112, 2116, 6273], U16, 65535), ('pixel_reliability', range(4), I16, -1)):
                    one(f'mod13-appeears/MOD13Q1.061__250m_16_days_{layer}_doy{y}{d:03}_aid0001.tif', kind, fill, values,
                        scale=.0001 if values is ndvi else None)
                one(f'mod13-modistsp/VI_16Days_250m_v61/NDVI/MOD13Q1_NDVI_{y}_{d:03}.tif', I16, -3000, ndvi)
                one(f'mod13-modistsp/VI_16Days_250m_v61/Rely/MOD13Q1_Rely_{y}_{d:03}.tif', I16, -1, range(4))
            one(f'mod17/MOD17A3HGF.061_Npp_500m_doy{y}001_aid0001.tif', I16, 32767, [1200, 3400, 7800, 32761], scale=.0001)
            one(f'mod17/MOD17A3HGF.061_Npp_QC_500m_doy{y}001_aid0001.tif', B, 255, [0, 15, 30, 250])
            one(f'chirps/chirps-v2.0.{y}.tif', F, None, [120.5, 300.25, 480.75, -9999])
            for m in range(1, 13): one(f'chirps-monthly/chirps-v2.0.{y}.{m:02}.tif', F, -9999, [0, 12.5, 80.25])
        raster('mod13-gee/MOD13Q1_NDVI.tif', I16, None,
               *[(f'{y}_{day}_NDVI', ndvi) for y in range(2001, 2011) for day in ('01_01', '01_17', '02_02')])
        raster('glc/GLC_FCS30D_20002022_E100N50_Annual_V1.1.tif', B, 0, *[('', glc)] * 23)
        raster('glc/GLC_FCS30D_19852000_E100N50_5years_V1.1.tif', B, 0, *[('', glc)] * 3)
        for tile in 'E100N50', 'E105N50':
            raster(f'glc-tiles/GLC_FCS30D_20002022_{tile}_Annual_V1.1.tif', B, 0, *[('', glc)] * 23)
        for y in 2000, 2015:
            for tile in 'h25v04', 'h26v04': one(f'tiles/MCD12Q1.A{y}001.{tile}.061.2022164212131_LC_Type1.tif', B, 255, igbp)
        one('lpd/JRC_LPD_1999_2013.tif', B, 0, range(1, 6))
        one('lpd/FAO_WOCAT_LPD_2001_2015.tif', I16, -32768, [0, 1, 2, 3, 4, 5])
        for layer, values in ('mean', [35, 48]), ('Q0.05', [15, 18]), ('Q0.95', [88, 99]), ('uncertainty', [10, 14]):
            one(f'soilgrids/ocs_0-30cm_{layer}.tif', I16, -32768, values)
        for depth in '0-5cm', '5-15cm':
            for p in 'soc', 'ocd', 'bdod': one(f'soilgrids/{p}_{depth}_mean.tif', I16, -32768, [150, 320, 810])
        for p in 'OCSTHA_M_30cm', 'OCSTHA_M_100cm', 'OCSTHA_M_sd1', 'ORCDRC_M_sl1':
            one(f'soilgrids-2017/{p}_250m_ll.tif', I16, -32768, [35, 48, 77])
        for depth in '0..10', '10..30':
            one(f'openlandmap/sol_organic.carbon.stock_msa.kgm2_m_250m_b{depth}cm_1950..2017_v0.2.tif', B, 255, [2, 5, 9])
        one('openlandmap/sol_organic.carbon_usda.6a1c_m_250m_b0..0cm_1950..2017_v0.2.tif', B, 255, [2, 5, 9])
        people = [.5, 3.25, 80.5]
        for name in ('mng_ppp_2015', 'mng_ppp_2000_UNadj', 'mng_pd_2015_1km', 'mng_f_0_2015', 'mng_f_5_2015', 'mng_m_0_2015',
                     'mng_pop_2020_CN_100m_R2024B_v1', 'mng_f_00_2020_CN_100m_R2024A_v1'):
            one(f'worldpop/{name}.tif', F, -99999, people)
        one('ghsl/GHS_POP_E2015_GLOBE_R2023A_4326_30ss_V1_0.tif', F, -200, people)
        te = [('SDG 15.3.1 Indicator', [-1, 0, 1], {'year_initial': 2000, 'year_final': 2015}),
              ('Land Productivity Dynamics (from JRC)', range(1, 6), {'year_initial': 2000, 'year_final': 2015}),
              ('Land cover (degradation)', [-1, 0, 1], {'year_initial': 2000, 'year_final': 2015}),
              ('Land cover', range(1, 8), {'year': 2000}), ('Land cover', range(1, 8), {'year': 2015}),
              ('Land cover transitions', [11, 12, 22], {'year_initial': 2000, 'year_final': 2015}),
              ('Soil organic carbon (degradation)', [-30, -5, 0, 12], {'year_initial': 2000, 'year_final': 2015}),
              ('Soil organic carbon', [40, 90, 130], {'year': 2000}), ('Soil organic carbon', [40, 91, 120], {'year': 2015})]
        raster('trends-earth/sdg.tif', I16, -32768, *[('', v) for _, v, _ in te])
        json.dump({'path': 'sdg.tif', 'bands': [{'name': n, 'metadata': m} for n, _, m in te]},
                  open(f'{root}/trends-earth/sdg_band_key.json', 'w'))
        def zones(name, rows):
            os.makedirs(os.path.dirname(f'{root}/{name}'), exist_ok=True)
            ring = lambda i: [[100 + i, 48], [101 + i, 48], [101 + i, 50], [100 + i, 50], [100 + i, 48]]
            json.dump({'type': 'FeatureCollection', 'features': [{'type': 'Feature', 'properties': r, 'geometry':
                {'type': 'Polygon', 'coordinates': [ring(i)]}} for i, r in enumerate(rows)]}, open(f'{root}/{name}', 'w'))
        country = dict(GID_0='MNG', COUNTRY='Mongolia')
        zones('gadm/gadm41_MNG_0.json', [country])
        zones('gadm/gadm41_MNG_1.json', [dict(GID_1=f'MNG.{i}_1', **country, NAME_1=n, VARNAME_1='NA', NL_NAME_1='NA',
            TYPE_1='Aymag', ENGTYPE_1='Province', CC_1='NA', HASC_1=h, ISO_1=o)
            for i, n, h, o in ((1, 'Arhangay', 'MN.AR', 'MN-073'), (2, 'Bayan-Ölgiy', 'MN.BO', 'NA'))])
        os.makedirs(f'{root}/gadm-gpkg')
        for k in 0, 1:
            gdal.VectorTranslate(f'{root}/gadm-gpkg/gadm41_MNG.gpkg', f'{root}/gadm/gadm41_MNG_{k}.json',
                                 layerName=f'ADM_ADM_{k}', **({'accessMode': 'update'} if k else {}))
        bounds = [dict(shapeName=n, shapeISO=o, shapeID=i, shapeGroup='MNG', shapeType='ADM1') for n, o, i in (
            ('Arkhangai', 'MN-073', '74554491B86471638273728'), ('Bayan-Ölgii', 'MN-071', '74554491B22907361174127'))]
        zones('geoboundaries/geoBoundaries-MNG-ADM1.geojson', bounds)
        zones('geoboundaries-noiso/geoBoundaries-MNG-ADM1.geojson', [dict(b, shapeISO='') for b in bounds])
        for y in 2016, 2019:
            os.makedirs(f'{root}/c3s-netcdf', exist_ok=True)
            d = gdal.GetDriverByName('netCDF').CreateMultiDimensional(
                f'{root}/c3s-netcdf/C3S-LC-L4-LCCS-Map-300m-P1Y-{y}-v2.1.1.nc')
            g = d.GetRootGroup()
            dims = [g.CreateDimension('time', gdal.DIM_TYPE_TEMPORAL, '', 1),
                    g.CreateDimension('lat', gdal.DIM_TYPE_HORIZONTAL_Y, '', H),
                    g.CreateDimension('lon', gdal.DIM_TYPE_HORIZONTAL_X, '', W)]
            def put(name, over, kind, values, **attributes):
                v = g.CreateMDArray(name, over, gdal.ExtendedDataType.Create(kind))
                for key, text in attributes.items():
                    v.CreateAttribute(key, [], gdal.ExtendedDataType.CreateString()).Write(text)
                v.Write(np.ascontiguousarray(values))
            put('time', dims[:1], gdal.GDT_Float64, np.array([(y - 1970) * 365.25]), units='days since 1970-01-01 00:00:00',
                calendar='gregorian', standard_name='time')
            put('lat', dims[1:2], gdal.GDT_Float64, 50 - .1 * (np.arange(H) + .5), units='degrees_north')
            put('lon', dims[2:], gdal.GDT_Float64, 100 + .1 * (np.arange(W) + .5), units='degrees_east')
            for name, values in ('lccs_class', esa), ('processed_flag', [0, 1]), ('change_count', [0, 1, 2]):
                put(name, dims, gdal.GDT_Byte, np.resize(np.array(values, 'u1'), (1, H, W)))
        """;

    /// <summary>Writes all folders into one; skips the test where GDAL's Python module is not there.</summary>
    public static void Write(string root)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python) || LdnProcess.Tool(root, python, "-c",
            "from osgeo import gdal; assert gdal.GetDriverByName('netCDF')").ExitCode != 0)
            Assert.Ignore($"{python} has no GDAL with netCDF");
        LdnProcess.Tool(root, python, "-c", Script, root).Succeeded();
    }
}
